import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';

/** Longer addresses are cut by mail programs and chat windows. */
export const LONGEST_LINK = 8_000;
/** What a link may inflate to: a recipe has no rows, so it is small. */
const MOST_BYTES = 1 << 20;
const PREFIX = '#/recipe/';

/** The JSON as the hash of an address, which no server ever sees; null when it would be too long. */
export function linkHash(json: unknown): string | null {
  const packed = base64Url(deflateSync(strToU8(JSON.stringify(json)), { level: 9 }));
  const hash = `${PREFIX}${packed}`;
  return hash.length <= LONGEST_LINK ? hash : null;
}

/** True when the hash carries a recipe. */
export function isRecipeLink(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/**
 * The JSON that a hash carries, not yet checked for its form. Throws RangeError for what is no link of
 * ours, is damaged, or inflates to more than a recipe can be.
 */
export function readLink(hash: string): unknown {
  if (!isRecipeLink(hash)) throw new RangeError('invalid link: it carries no recipe');
  try {
    return JSON.parse(strFromU8(inflated(bytesOf(hash.slice(PREFIX.length)))));
  } catch (cause) {
    throw new RangeError('invalid link: it is damaged', { cause });
  }
}

function inflated(packed: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const end = { isReached: false };
  const inflate = new Inflate((piece, final) => {
    size += piece.length;
    if (size > MOST_BYTES) throw new RangeError('invalid link: too large');
    pieces.push(piece);
    end.isReached = final;
  });
  // In small steps, so that what inflates beyond measure is noticed after the first of them.
  for (let at = 0; at < packed.length; at += 1024) {
    inflate.push(packed.subarray(at, at + 1024), at + 1024 >= packed.length);
  }
  if (!end.isReached) throw new RangeError('invalid link: cut short');
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOf(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
