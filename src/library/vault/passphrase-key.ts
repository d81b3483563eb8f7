import { custom, integer, literal, maxValue, minValue, number, pipe, safeParse, strictObject } from 'valibot';
import { AppError } from '../../core/errors';
import { createSealer, NONCE_BYTES, TAG_BYTES, type Bytes, type Sealer } from './sealer';

/**
 * The key of the data, itself encrypted under a key made of the passphrase. Holds no secret: without the
 * passphrase it opens nothing, and it may be stored beside the data or written into a file.
 */
export interface WrappedKey {
  readonly version: 1;
  readonly kdf: 'PBKDF2-SHA-256';
  /** How often the passphrase is hashed: what a guess costs. */
  readonly rounds: number;
  readonly salt: Bytes;
  readonly nonce: Bytes;
  readonly wrapped: Bytes;
}

/** OWASP's number for PBKDF2-SHA-256 (Password Storage Cheat Sheet, 2023). */
const ROUNDS = 600_000;
/** Whoever changes the stored number must neither make guessing cheap nor keep the page busy for minutes. */
const MOST_ROUNDS = 10_000_000;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Says what is wrapped, so that sealed data of the same length never passes for a key. */
const WRAPS = new TextEncoder().encode('silhouette data key 1');

const bytesOfLength = (length: number) =>
  custom<Bytes>((value) => value instanceof Uint8Array && value.length === length);

/** What a wrapped key must be wherever it was read from. */
export const wrappedKeySchema = strictObject({
  version: literal(1),
  kdf: literal('PBKDF2-SHA-256'),
  rounds: pipe(number(), integer(), minValue(ROUNDS), maxValue(MOST_ROUNDS)),
  salt: bytesOfLength(SALT_BYTES),
  nonce: bytesOfLength(NONCE_BYTES),
  wrapped: bytesOfLength(KEY_BYTES + TAG_BYTES),
});

/**
 * A new random key for data, and its form for storing. Cost: one derivation, about a quarter of a second
 * off the main thread.
 */
export async function createKey(
  passphrase: string,
): Promise<{ readonly sealer: Sealer; readonly wrapped: WrappedKey }> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 8 * KEY_BYTES }, true, ['encrypt', 'decrypt']);
  const wrapped = await wrap(key, passphrase);
  return { sealer: await openKey(passphrase, wrapped), wrapped };
}

/**
 * The sealer that the passphrase opens; its key can be read out by nobody, not even the app. Throws
 * AppError `library-wrong-passphrase`, also where the stored key was changed (the two cannot be told
 * apart), and `library-damaged` where it has not the form of one. Cost: one derivation.
 */
export async function openKey(passphrase: string, wrapped: WrappedKey): Promise<Sealer> {
  return createSealer(await unwrap(passphrase, wrapped, false));
}

/**
 * The same key under another passphrase and a new salt: what it sealed stays readable, with the new
 * passphrase only. Errors as `openKey`. Cost: two derivations.
 */
export async function rewrapKey(old: string, next: string, wrapped: WrappedKey): Promise<WrappedKey> {
  return wrap(await unwrap(old, wrapped, true), next);
}

async function wrap(key: CryptoKey, passphrase: string): Promise<WrappedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const wrapping = await derive(passphrase, salt, ROUNDS, 'wrapKey');
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, wrapParameters(nonce)));
  return { version: 1, kdf: 'PBKDF2-SHA-256', rounds: ROUNDS, salt, nonce, wrapped };
}

async function unwrap(passphrase: string, stored: WrappedKey, isExtractable: boolean): Promise<CryptoKey> {
  const checked = safeParse(wrappedKeySchema, stored);
  if (!checked.success) throw new AppError('library-damaged');
  const { salt, nonce, rounds, wrapped } = checked.output;
  const wrapping = await derive(passphrase, salt, rounds, 'unwrapKey');
  const parameters = wrapParameters(nonce);
  try {
    return await crypto.subtle.unwrapKey('raw', wrapped, wrapping, parameters, 'AES-GCM', isExtractable, [
      'encrypt',
      'decrypt',
    ]);
  } catch (cause) {
    throw new AppError('library-wrong-passphrase', {}, cause);
  }
}

function wrapParameters(nonce: Bytes): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: WRAPS, tagLength: 8 * TAG_BYTES };
}

async function derive(
  passphrase: string,
  salt: Bytes,
  rounds: number,
  usage: 'wrapKey' | 'unwrapKey',
): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', passphraseBytes(passphrase), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    secret,
    { name: 'AES-GCM', length: 8 * KEY_BYTES },
    false,
    [usage],
  );
}

/**
 * One passphrase must be the same bytes on every machine: an é typed on a Mac may come in two characters,
 * and an input method for Chinese writes １２３ where another writes 123. NFKC makes them one; nothing is
 * trimmed and no case folded.
 */
function passphraseBytes(passphrase: string): Bytes {
  return new TextEncoder().encode(passphrase.normalize('NFKC'));
}
