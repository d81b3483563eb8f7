import { createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto';
import type { WrappedKey } from '../../src/library/vault/passphrase-key';
import type { Bytes } from '../../src/library/vault/sealer';

/** The vault's two formats written once more from their description, on Node's own cryptography. */

const CONTEXT = Buffer.from('silhouette data key 1');

function encrypt(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, bytes: Uint8Array): Bytes {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated);
  return Uint8Array.from(Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]));
}

function decrypt(key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, bytes: Uint8Array): Bytes {
  const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(associated).setAuthTag(bytes.subarray(-16));
  return Uint8Array.from(Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]));
}

export function wrapIndependently(
  passphrase: Uint8Array,
  key: Uint8Array,
  facts: Pick<WrappedKey, 'salt' | 'nonce' | 'rounds'>,
): WrappedKey {
  const wrapping = pbkdf2Sync(passphrase, facts.salt, facts.rounds, 32, 'sha256');
  return { version: 1, kdf: 'PBKDF2-SHA-256', ...facts, wrapped: encrypt(wrapping, facts.nonce, CONTEXT, key) };
}

export function unwrapIndependently(passphrase: Uint8Array, { salt, nonce, rounds, wrapped }: WrappedKey): Bytes {
  return decrypt(pbkdf2Sync(passphrase, salt, rounds, 32, 'sha256'), nonce, CONTEXT, wrapped);
}

export function sealIndependently(key: Uint8Array, nonce: Bytes, bytes: Bytes, associated: Bytes): Bytes {
  return Uint8Array.from([...nonce, ...encrypt(key, nonce, associated, bytes)]);
}

export function openIndependently(key: Uint8Array, sealed: Bytes, associated: Bytes): Bytes {
  return decrypt(key, sealed.subarray(0, 12), associated, sealed.subarray(12));
}
