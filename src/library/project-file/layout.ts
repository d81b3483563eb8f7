import { AppError } from '../../core/errors';
import type { WrappedKey } from '../vault/passphrase-key';
import { NONCE_BYTES, TAG_BYTES, type Bytes, type Sealer } from '../vault/sealer';

/**
 * A project file, numbers little-endian:
 *
 * - the head: 8 bytes signature, 4 version, 1 what it is (1 sealed, 2 with data); when sealed also 4 rounds,
 *   16 salt, 12 nonce, 48 wrapped key
 * - pieces, until the file ends: 4 bytes length, and as many of sealed bytes. Where there is no passphrase they
 *   are the SHA-256 of what they belong to and the bytes, then the bytes. They belong to: the head, 4 bytes
 *   index of the piece, 1 whether it is the last; so none can be cut off, moved, repeated or added.
 * - what the pieces hold, put together: 4 bytes length, the document in JSON; then for each part 2 bytes length
 *   of its name, 4 length of its bytes, the name, the bytes
 */
export const PROJECT_VERSION = 1;
/** In bytes, before sealing. */
export const PIECE_BYTES = 4_000_000;
/** The members of audiences are in it: a few million ids. */
export const MOST_DOCUMENT_BYTES = 128_000_000;
export const MOST_PART_BYTES = 64_000_000;
export const MOST_NAME_BYTES = 256;
/** Far more than the engine could hold of it. */
export const MOST_FILE_BYTES = 4_000_000_000;
/** In front of each piece. */
export const LENGTH_BYTES = 4;

/** Like PNG's: a transfer as text would change it, which is then seen at once. */
const SIGNATURE = Uint8Array.of(0x89, 0x53, 0x49, 0x4c, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION_AT = 8;
const FLAGS_AT = 12;
const KEY_AT = 13;
const SALT_AT = 17;
const NONCE_AT = 33;
const WRAPPED_AT = 45;
/** The longest head there is. */
export const MOST_HEAD_BYTES = 93;
const SEALED = 1;
const WITH_DATA = 2;
const DIGEST_BYTES = 32;

export interface ProjectHead {
  readonly hasData: boolean;
  /** Null where there is no passphrase. */
  readonly key: WrappedKey | null;
  /** The head as it stands in the file. */
  readonly bytes: Bytes;
}

export function writeHead(hasData: boolean, key: WrappedKey | null): ProjectHead {
  const bytes = new Uint8Array(key === null ? KEY_AT : MOST_HEAD_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  view.setUint32(VERSION_AT, PROJECT_VERSION, true);
  view.setUint8(FLAGS_AT, (key === null ? 0 : SEALED) + (hasData ? WITH_DATA : 0));
  if (key !== null) {
    view.setUint32(KEY_AT, key.rounds, true);
    bytes.set(key.salt, SALT_AT);
    bytes.set(key.nonce, NONCE_AT);
    bytes.set(key.wrapped, WRAPPED_AT);
  }
  return { hasData, key, bytes };
}

/**
 * @param start the first bytes of a file, `MOST_HEAD_BYTES` or all there are
 * @throws AppError `project-broken`, `project-newer`
 */
export function readHead(start: Bytes): ProjectHead {
  if (start.length < KEY_AT || SIGNATURE.some((byte, at) => start[at] !== byte)) throw new AppError('project-broken');
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const version = view.getUint32(VERSION_AT, true);
  if (version > PROJECT_VERSION) throw new AppError('project-newer', { version });
  const flags = view.getUint8(FLAGS_AT);
  const isSealed = (flags & SEALED) !== 0;
  const length = isSealed ? MOST_HEAD_BYTES : KEY_AT;
  if (version !== PROJECT_VERSION || flags > SEALED + WITH_DATA || start.length < length) {
    throw new AppError('project-broken');
  }
  const key = isSealed ? readKey(start, view) : null;
  return { hasData: (flags & WITH_DATA) !== 0, key, bytes: start.slice(0, length) };
}

function readKey(start: Bytes, view: DataView): WrappedKey {
  return {
    version: 1,
    kdf: 'PBKDF2-SHA-256',
    rounds: view.getUint32(KEY_AT, true),
    salt: start.slice(SALT_AT, NONCE_AT),
    nonce: start.slice(NONCE_AT, WRAPPED_AT),
    wrapped: start.slice(WRAPPED_AT, MOST_HEAD_BYTES),
  };
}

/** What a piece belongs to. */
export function placeOf(head: ProjectHead, index: number, isLast: boolean): Bytes {
  const place = new Uint8Array(head.bytes.length + 5);
  place.set(head.bytes);
  const view = new DataView(place.buffer, head.bytes.length);
  view.setUint32(0, index, true);
  view.setUint8(4, isLast ? 1 : 0);
  return place;
}

/** By how much sealing lengthens a piece. */
export function sealBytes(head: ProjectHead): number {
  return head.key === null ? DIGEST_BYTES : NONCE_BYTES + TAG_BYTES;
}

/** For files without a passphrase: finds what a transfer damaged, not what somebody changed on purpose. */
export const checksumSealer: Sealer = {
  async seal(bytes, associated) {
    return joined([await digest(bytes, associated), bytes]);
  },
  async open(sealed, associated) {
    const bytes = sealed.slice(DIGEST_BYTES);
    const expected = await digest(bytes, associated);
    if (expected.some((byte, at) => sealed[at] !== byte)) throw new AppError('library-damaged');
    return bytes;
  },
};

async function digest(bytes: Bytes, associated: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined([associated, bytes])));
}

function joined(arrays: readonly Bytes[]): Bytes {
  const all = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  arrays.reduce((at, bytes) => (all.set(bytes, at), at + bytes.length), 0);
  return all;
}
