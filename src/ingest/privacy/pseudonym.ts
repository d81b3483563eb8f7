/** Base 32 of D. Crockford: no I, L, O, U, so that a pseudonym can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 20 characters are 100 bits: among a thousand million customers two alike are less likely than 1 in 10^12. */
const PSEUDONYM_CHARACTERS = 20;
const FINGERPRINT_CHARACTERS = 8;

/** Tells a pseudonym from an id at a glance, and keeps spreadsheets from reading it as a number. */
export const PSEUDONYM_PREFIX = 'P-';

/** Every use of the key has its own word in front, so that the answer to one is never that to another. */
const CUSTOMER_CONTEXT = 'silhouette customer 1\0';
const FINGERPRINT_CONTEXT = 'silhouette key fingerprint 1\0';

/** Signed at a time: enough to keep the browser's crypto threads busy, few enough to stop soon. */
const SIGNED_AT_ONCE = 2_000;

/** HMAC-SHA-256 of a text's UTF-8 bytes: 32 bytes. */
export async function hmacSha256(key: CryptoKey, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
}

/**
 * The pseudonyms of ids, in their order: the same id under the same key gives the same one, on every file.
 * Without the key nobody gets from a pseudonym to the id, or from an id to its pseudonym. An id is taken as it
 * is written; whoever wants 138-1234-5678 and 13812345678 to be one normalises first.
 */
export async function pseudonymsOf(
  key: CryptoKey,
  ids: readonly string[],
  signal?: { readonly aborted: boolean },
): Promise<string[]> {
  const pseudonyms: string[] = [];
  for (let start = 0; start < ids.length && signal?.aborted !== true; start += SIGNED_AT_ONCE) {
    const signed = await Promise.all(
      ids.slice(start, start + SIGNED_AT_ONCE).map((id) => hmacSha256(key, CUSTOMER_CONTEXT + id)),
    );
    for (const bytes of signed) pseudonyms.push(PSEUDONYM_PREFIX + base32(bytes, PSEUDONYM_CHARACTERS));
  }
  return pseudonyms;
}

/** What to recognise a key by, 40 bits as `ABCD-EFGH`: two people see that theirs is the same without showing it. */
export async function keyFingerprint(key: CryptoKey): Promise<string> {
  const text = base32(await hmacSha256(key, FINGERPRINT_CONTEXT), FINGERPRINT_CHARACTERS);
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** The first `characters` x 5 bits, the highest first. Throws RangeError when there are not as many. */
export function base32(bytes: Uint8Array, characters: number): string {
  if (characters * 5 > bytes.length * 8)
    throw new RangeError(`invalid length: ${characters} (has ${bytes.length} bytes)`);
  let text = '';
  let held = 0;
  let bits = 0;
  let at = 0;
  while (text.length < characters) {
    if (bits < 5) {
      held = ((held & 0x1f) << 8) | (bytes[at++] ?? 0);
      bits += 8;
    }
    bits -= 5;
    text += ALPHABET[(held >> bits) & 0x1f] ?? '';
  }
  return text;
}
