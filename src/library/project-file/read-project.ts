import { AppError, isAppError, throwIfAborted } from '../../core/errors';
import type { KeptPart } from '../library';
import { openKey } from '../vault/passphrase-key';
import type { Bytes, Sealer } from '../vault/sealer';
import { ByteSource } from './byte-source';
import {
  checksumSealer,
  LENGTH_BYTES,
  MOST_DOCUMENT_BYTES,
  MOST_FILE_BYTES,
  MOST_HEAD_BYTES,
  MOST_NAME_BYTES,
  MOST_PART_BYTES,
  PIECE_BYTES,
  placeOf,
  readHead,
  sealBytes,
  type ProjectHead,
} from './layout';

/** What can be said of a project file before its passphrase is given. Not to be relied on: it is checked on opening. */
export interface ProjectFacts {
  readonly isSealed: boolean;
  readonly hasData: boolean;
  readonly bytes: number;
}

export interface OpenedProject {
  /** As JSON gives it; whether it is what a project holds is the caller's to check. */
  readonly document: unknown;
  /** To be drawn once. Empty without data. */
  readonly parts: AsyncIterable<KeptPart>;
}

export interface OpenOptions {
  readonly passphrase?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** 0..1 of the file checked. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Throws AppError `project-broken` where it is no project file, `project-newer`, `file-unreadable`, `file-too-large`. */
export async function inspectProjectFile(file: Blob): Promise<ProjectFacts> {
  const { key, hasData } = await headOf(file);
  return { isSealed: key !== null, hasData, bytes: file.size };
}

/**
 * What a project file holds. The whole file is read and checked before anything of it is given out, so that
 * nobody puts half of it in place of what they had; it is read a second time while the parts are drawn.
 *
 * @throws AppError `library-wrong-passphrase`, also without one where one is needed and where the stored key was
 *   changed; `project-broken` for any other change, cut or addition; the errors of `inspectProjectFile`; `cancelled`
 */
export async function openProjectFile(file: Blob, options: OpenOptions = {}): Promise<OpenedProject> {
  const { passphrase, signal, onProgress } = options;
  const head = await headOf(file);
  const sealer = await sealerOf(head, passphrase);

  const checked = new ByteSource(piecesOf(file, head, sealer, signal, onProgress));
  const document = await documentOf(checked);
  if (!head.hasData && !(await checked.isAtEnd())) throw new AppError('project-broken');
  const parts = partsOf(checked);
  while ((await parts.next()).done !== true) continue;

  async function* partsAgain(): AsyncGenerator<KeptPart, void> {
    const source = new ByteSource(piecesOf(file, head, sealer, signal, undefined));
    await documentOf(source);
    yield* partsOf(source);
  }
  return { document, parts: partsAgain() };
}

async function headOf(file: Blob): Promise<ProjectHead> {
  if (file.size > MOST_FILE_BYTES) throw new AppError('file-too-large', { limit: MOST_FILE_BYTES });
  return readHead(await readBytes(file, 0, MOST_HEAD_BYTES));
}

async function sealerOf({ key }: ProjectHead, passphrase: string | undefined): Promise<Sealer> {
  if (key === null) return checksumSealer;
  if (passphrase === undefined) throw new AppError('library-wrong-passphrase');
  return broken(() => openKey(passphrase, key));
}

async function* piecesOf(
  file: Blob,
  head: ProjectHead,
  sealer: Sealer,
  signal: AbortSignal | undefined,
  onProgress: ((share: number) => void) | undefined,
): AsyncGenerator<Bytes, void> {
  const most = PIECE_BYTES + sealBytes(head);
  for (let at = head.bytes.length, index = 0; at < file.size; index++) {
    throwIfAborted(signal);
    const prefix = await readBytes(file, at, LENGTH_BYTES);
    const length = prefix.length < LENGTH_BYTES ? 0 : new DataView(prefix.buffer).getUint32(0, true);
    const end = at + LENGTH_BYTES + length;
    if (length <= sealBytes(head) || length > most || end > file.size) throw new AppError('project-broken');
    const sealed = await readBytes(file, at + LENGTH_BYTES, length);
    yield await broken(() => sealer.open(sealed, placeOf(head, index, end === file.size)));
    at = end;
    onProgress?.(at / file.size);
  }
}

async function documentOf(source: ByteSource): Promise<unknown> {
  const length = await source.takeNumber(4);
  if (length > MOST_DOCUMENT_BYTES) throw new AppError('project-broken');
  const bytes = await source.take(length);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('project-broken', {}, cause);
  }
}

async function* partsOf(source: ByteSource): AsyncGenerator<KeptPart, void> {
  while (!(await source.isAtEnd())) {
    const nameLength = await source.takeNumber(2);
    const length = await source.takeNumber(4);
    if (nameLength > MOST_NAME_BYTES || length > MOST_PART_BYTES) throw new AppError('project-broken');
    const name = new TextDecoder().decode(await source.take(nameLength));
    yield { name, bytes: await source.take(length) };
  }
}

/** What the vault says of a library is said of the file. */
async function broken<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (isAppError(error) && error.code === 'library-damaged') throw new AppError('project-broken', {}, error);
    throw error;
  }
}

/** As many of the bytes as there are. */
async function readBytes(file: Blob, at: number, length: number): Promise<Bytes> {
  try {
    return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  } catch (cause) {
    throw new AppError('file-unreadable', {}, cause);
  }
}
