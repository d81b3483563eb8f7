import { array, boolean, literal, number, safeParse, strictObject, string, unknown, type InferOutput } from 'valibot';
import { AppError } from '../../core/errors';
import type { KeptDataset } from '../library';
import type { Bytes, Sealer } from '../vault/sealer';
import { FORMAT_VERSION, sha256 } from './chunks';

/**
 * A manifest as it lies in the store. The header is kept as text, because what is hashed and
 * sealed must be those very characters.
 */
export interface StoredManifest {
  readonly id: string;
  readonly header: string;
  /** The body, sealed together with the header. */
  readonly body: ArrayBuffer;
  /** Hexadecimal, of header and body. It finds what broke also while the library is locked. */
  readonly sha256: string;
}

const headerSchema = strictObject({
  formatVersion: literal(FORMAT_VERSION),
  id: string(),
  generation: string(),
  keptAt: number(),
  usedAt: number(),
  isDamaged: boolean(),
  chunks: array(strictObject({ bytes: number(), sha256: string() })),
});

const bodySchema = strictObject({
  name: string(),
  facts: strictObject({ rows: number(), orders: number(), customers: number(), isSample: boolean() }),
  document: unknown(),
  parts: array(strictObject({ name: string(), chunks: number() })),
});

/** What anybody may read who can read the disk. */
export type ManifestHeader = Readonly<InferOutput<typeof headerSchema>>;
/** What is sealed under a passphrase. */
export type ManifestBody = Readonly<InferOutput<typeof bodySchema>>;

export interface Manifest {
  readonly header: ManifestHeader;
  readonly body: ManifestBody;
}

export async function sealManifest({ header, body }: Manifest, sealer: Sealer): Promise<StoredManifest> {
  const text = JSON.stringify(header);
  const sealed = await sealer.seal(encode(JSON.stringify(body)), encode(text));
  const stored = sealed.slice().buffer;
  return { id: header.id, header: text, body: stored, sha256: await hashManifest(text, stored) };
}

/** The header, read without a key; undefined when a bit of the manifest is not as it was written. */
export async function readHeader(stored: StoredManifest): Promise<ManifestHeader | undefined> {
  const { id, header, body, sha256: expected } = stored;
  // Another page of the same origin may have written it: nothing about its form is certain.
  if (typeof header !== 'string' || !(body instanceof ArrayBuffer)) return undefined;
  if ((await hashManifest(header, body)) !== expected) return undefined;
  const read = safeParse(headerSchema, parseJson(header));
  return read.success && read.output.id === id ? read.output : undefined;
}

/** @throws AppError `library-damaged` when it does not open, or is no manifest */
export async function openManifest(stored: StoredManifest, sealer: Sealer): Promise<Manifest> {
  const header = await readHeader(stored);
  if (header === undefined) throw new AppError('library-damaged');
  const opened = await sealer.open(new Uint8Array(stored.body), encode(stored.header));
  const read = safeParse(bodySchema, parseJson(new TextDecoder().decode(opened)));
  if (!read.success) throw new AppError('library-damaged');
  return { header, body: read.output };
}

/** As it is listed. */
export function asKeptDataset({ header, body }: Manifest, stored: StoredManifest): KeptDataset {
  const { id, keptAt, usedAt, isDamaged, chunks } = header;
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, stored.body.byteLength);
  return { id, name: body.name, facts: body.facts, bytes, keptAt, usedAt, isDamaged };
}

/** As it is listed when nothing about it can be believed. */
export function asUnreadable(id: string): KeptDataset {
  const facts = { rows: 0, orders: 0, customers: 0, isSample: false };
  return { id, name: '', facts, bytes: 0, keptAt: 0, usedAt: 0, isDamaged: true };
}

/** A line break cannot stand in JSON without indents: it parts header and body for certain. */
async function hashManifest(header: string, body: ArrayBuffer): Promise<string> {
  const text = encode(`${header}\n`);
  const whole = new Uint8Array(text.length + body.byteLength);
  whole.set(text);
  whole.set(new Uint8Array(body), text.length);
  return sha256(whole);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function encode(text: string): Bytes {
  return new TextEncoder().encode(text);
}
