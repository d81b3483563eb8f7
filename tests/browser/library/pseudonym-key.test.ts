import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test } from 'vitest';
import { createPseudonymKeys } from '../../../src/library/pseudonym-key';

const DATABASE = 'silhouette-pseudonyms';
afterEach(() => deleteDB(DATABASE));

async function signatureOf(key: CryptoKey): Promise<string> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array([1, 2, 3]))).join();
}

describe('the key of the pseudonyms', () => {
  test('is made once and is the same on every later visit', async () => {
    const first = await createPseudonymKeys(() => 7).current();
    const later = await createPseudonymKeys(() => 8).current();
    expect(later).toMatchObject({ madeAt: 7, isKept: true });
    expect(await signatureOf(later.key)).toBe(await signatureOf(first.key));
  });

  test('cannot be read out, by nobody', async () => {
    const { key } = await createPseudonymKeys(() => 0).current();
    expect(key).toMatchObject({ extractable: false, usages: ['sign'], algorithm: { name: 'HMAC', length: 256 } });
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  test('is one key for all who ask at once, in two tabs as well', async () => {
    const [a, b] = [createPseudonymKeys(() => 1), createPseudonymKeys(() => 2)];
    const keys = await Promise.all([a.current(), a.current(), b.current()]);
    const signatures = await Promise.all(keys.map(({ key }) => signatureOf(key)));
    expect(new Set(signatures).size).toBe(1);
  });

  test('is another one after renewing, for everybody', async () => {
    const [a, b] = [createPseudonymKeys(() => 1), createPseudonymKeys(() => 2)];
    const before = await signatureOf((await a.current()).key);
    const renewed = await b.renew();
    expect(await signatureOf(renewed.key)).not.toBe(before);
    expect(await signatureOf((await a.current()).key)).toBe(await signatureOf(renewed.key));
  });

  test('is made anew where something else lies in its place', async () => {
    await createPseudonymKeys(() => 1).current();
    const stranger = await openDB(DATABASE);
    const extractable = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
    await stranger.put('keys', { key: extractable, madeAt: 1 }, 'current');
    stranger.close();
    expect(await createPseudonymKeys(() => 5).current()).toMatchObject({ madeAt: 5, key: { extractable: false } });
  });

  test('lasts as long as the page where the browser refuses to store', async () => {
    const allowed = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      const keys = createPseudonymKeys(() => 3);
      const first = await keys.current();
      expect(first.isKept).toBe(false);
      expect((await keys.current()).key).toBe(first.key);
    } finally {
      if (allowed === undefined) Reflect.deleteProperty(globalThis, 'indexedDB');
      else Object.defineProperty(globalThis, 'indexedDB', allowed);
    }
  });
});
