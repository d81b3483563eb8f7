import { AppError } from '../../core/errors';

/** Bytes that stand in memory of their own, as the platform's cryptography takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Makes bytes unreadable and unchangeable for who lacks the key, and back. */
export interface Sealer {
  /**
   * The bytes sealed: a new array, some bytes longer unless nothing is sealed.
   *
   * @param associated what the bytes belong to (place, generation, ...): not stored, and to be given again to open
   */
  seal(bytes: Bytes, associated: Bytes): Promise<Bytes>;
  /** The bytes that were sealed. Throws AppError `library-damaged` where a bit of them, of `associated` or the key is another. */
  open(sealed: Bytes, associated: Bytes): Promise<Bytes>;
}

/** Seals nothing: for a library without a passphrase. What was changed is found by hashes there, not here. */
export const plainSealer: Sealer = {
  seal: (bytes) => Promise.resolve(bytes),
  open: (sealed) => Promise.resolve(sealed),
};

/** In bytes: 96 bits, the length for which AES-GCM is specified. */
export const NONCE_BYTES = 12;
/** In bytes. */
export const TAG_BYTES = 16;

/**
 * Seals by AES-256-GCM. Sealed bytes are: the nonce, the ciphertext, the tag.
 *
 * The nonces are random, 96 bits each. NIST allows 2^32 seals under one key that way; in chunks of 4 MB
 * that is 16 PB of data, which no library reaches.
 *
 * @param key of AES-GCM that may encrypt and decrypt
 * @source NIST SP 800-38D, 8.2.2 and 8.3
 */
export function createSealer(key: CryptoKey): Sealer {
  return {
    async seal(bytes, associated) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const encrypted = await crypto.subtle.encrypt(parameters(nonce, associated), key, bytes);
      const sealed = new Uint8Array(NONCE_BYTES + encrypted.byteLength);
      sealed.set(nonce);
      sealed.set(new Uint8Array(encrypted), NONCE_BYTES);
      return sealed;
    },
    async open(sealed, associated) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      try {
        return new Uint8Array(
          await crypto.subtle.decrypt(parameters(nonce, associated), key, sealed.subarray(NONCE_BYTES)),
        );
      } catch (cause) {
        throw new AppError('library-damaged', {}, cause);
      }
    },
  };
}

function parameters(nonce: Bytes, associated: Bytes): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: associated, tagLength: 8 * TAG_BYTES };
}
