import { AppError } from '../../core/errors';
import { inflate } from '../readers/gunzip';
import { readSlice, type ReadOptions } from '../readers/read-slice';
import {
  DEFAULT_LIMITS,
  type ExtractLimits,
  type ExtractOptions,
  type NamedFile,
  type Unpacked,
  type UnpackedFile,
} from './extract-contract';
import { InflateBudget } from './inflate-budget';
import { detectForm, formOfHead, isWorkbook } from './table-format';
import { readZipDirectory, type ZipEntry } from './zip-directory';
import { readZipEntry } from './zip-entry';

const TAR_MARK = 'ustar';
const TAR_MARK_AT = 257;
const HEAD_BYTES = 64 << 10;
/** Pieces are gathered to this size, since a Blob of each small one would cost more than it holds. */
const BLOB_BYTES = 4 << 20;

/**
 * See Extractor.unpack. Cost: entries are inflated one after another, piece by piece into Blobs, so
 * that memory stays bounded whatever the archive says of itself.
 */
export async function unpackFiles(files: readonly NamedFile[], options: ExtractOptions = {}): Promise<Unpacked> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const unpacked: UnpackedFile[] = [];
  let skipped = 0;
  for (const [index, { blob, name }] of files.entries()) {
    const reading: ReadOptions = { name, signal: options.signal };
    const onShare = (share: number): void => options.onProgress?.({ share: (index + share) / files.length, rows: 0 });
    // An empty file is told where it is looked at; here it would hold up the others.
    const form = blob.size === 0 ? 'delimited' : await detectForm(blob, limits.entries, reading);
    if (form === 'archive') {
      const archive = await unpackArchive(blob, reading, limits, onShare);
      unpacked.push(...archive.files);
      skipped += archive.skipped;
    } else {
      const file = form === 'gzip' ? await unwrapGzip({ blob, name }, reading, limits) : { blob, name };
      unpacked.push({ ...file, archive: null });
    }
    onShare(1);
  }
  return { files: unpacked, skipped };
}

async function unpackArchive(
  archive: Blob,
  options: ReadOptions,
  limits: ExtractLimits,
  onShare: (share: number) => void,
): Promise<Unpacked> {
  const name = options.name ?? '';
  const all = (await readZipDirectory(archive, limits.entries, options)).filter((entry) => !entry.isFolder);
  const entries = all.filter((entry) => !isHidden(entry)).sort((a, b) => byPath(a.name, b.name));
  const budget = new InflateBudget(name, archive.size, limits);
  const files: UnpackedFile[] = [];
  for (const [index, entry] of entries.entries()) {
    const blob = await gather(readZipEntry(archive, entry, budget, options));
    const file = await unwrapEntry({ blob, name: entry.name }, options, limits);
    files.push({ ...file, archive: name });
    onShare((index + 1) / entries.length);
  }
  return { files, skipped: all.length - entries.length };
}

async function unwrapEntry(file: NamedFile, options: ReadOptions, limits: ExtractLimits): Promise<NamedFile> {
  if (file.blob.size === 0) return file;
  const form = await detectForm(file.blob, limits.entries, options);
  if (form === 'archive') throw new AppError('archive-in-archive', { name: options.name ?? '', entry: file.name });
  return form === 'gzip' ? unwrapGzip(file, options, limits) : file;
}

/** A .gz of delimited text stays as it is: it is inflated as it is read, so it need not lie there twice. */
async function unwrapGzip(file: NamedFile, options: ReadOptions, limits: ExtractLimits): Promise<NamedFile> {
  const head = await headOf(file.blob, options);
  const name = file.name.replace(/\.gz$/i, '');
  if (isTar(head)) throw new AppError('format-unsupported', { name: file.name, kind: 'TAR' });
  const form = formOfHead(head, head.length < HEAD_BYTES, name);
  if (form === 'delimited') return file;
  const budget = new InflateBudget(file.name, file.blob.size, limits);
  const blob = await gather(budgeted(inflate(file.blob, { ...options, name: file.name }, { bytes: 0 }), budget));
  if (form === 'archive' && !isWorkbook(await readZipDirectory(blob, limits.entries, options))) {
    throw new AppError('archive-in-archive', { name: options.name ?? '', entry: name });
  }
  return { blob, name };
}

/** The first bytes of what is in a .gz. */
async function headOf(file: Blob, options: ReadOptions): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of inflate(file, options, { bytes: 0 })) {
    pieces.push(piece);
    length += piece.length;
    if (length >= HEAD_BYTES) break;
  }
  return readSlice(new Blob(pieces), 0, HEAD_BYTES, options);
}

async function* budgeted(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>, budget: InflateBudget) {
  for await (const piece of pieces) {
    budget.take(piece.length);
    yield piece;
  }
}

async function gather(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const blobs: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes < BLOB_BYTES) continue;
    blobs.push(new Blob(held));
    held = [];
    heldBytes = 0;
  }
  return new Blob([...blobs, ...held]);
}

/** What a Mac adds to an archive, and files that their folder hides. */
function isHidden({ name }: ZipEntry): boolean {
  return name.split('/').some((part) => part === '__MACOSX' || part.startsWith('.'));
}

function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isTar(head: Uint8Array): boolean {
  const mark = head.subarray(TAR_MARK_AT, TAR_MARK_AT + TAR_MARK.length);
  return new TextDecoder().decode(mark) === TAR_MARK;
}
