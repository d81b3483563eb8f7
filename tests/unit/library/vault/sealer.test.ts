import { array, asyncProperty, assert, integer, nat, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { createSealer, plainSealer, type Bytes } from '../../../../src/library/vault/sealer';
import { openIndependently, sealIndependently } from '../../../support/independent-vault';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 3 * i);
const PLACE = new TextEncoder().encode('dataset 1, chunk 3');
const SECRET = new TextEncoder().encode('李雷,13800138000');
const sealer = createSealer(await crypto.subtle.importKey('raw', KEY, 'AES-GCM', false, ['encrypt', 'decrypt']));
const damaged = expect.objectContaining({ name: 'AppError', code: 'library-damaged' }) as unknown;

const bytes = (maxLength: number) => uint8Array({ maxLength }).map((found): Bytes => Uint8Array.from(found));

test('any bytes in any place come back, here and in another implementation, in both directions', async () => {
  const property = asyncProperty(bytes(2_000), bytes(40), async (plain, place) => {
    const sealed = await sealer.seal(plain, place);
    expect(await sealer.open(sealed, place)).toEqual(plain);
    expect(openIndependently(KEY, sealed, place)).toEqual(plain);
    const foreign = sealIndependently(KEY, sealed.slice(0, 12), plain, place);
    expect(foreign).toEqual(sealed);
  });
  await assert(property, { numRuns: 50 });
});

test('sealed bytes with any bit changed are refused', async () => {
  const sealed = await sealer.seal(SECRET, PLACE);
  for (let at = 0; at < 8 * sealed.length; at++) {
    const changed = sealed.with(at >> 3, (sealed[at >> 3] ?? 0) ^ (1 << (at & 7)));
    await expect(sealer.open(changed, PLACE)).rejects.toEqual(damaged);
  }
});

test('sealed bytes cut off anywhere, or with bytes added, are refused', async () => {
  const sealed = await sealer.seal(SECRET, PLACE);
  for (let length = 0; length < sealed.length; length++) {
    await expect(sealer.open(sealed.slice(0, length), PLACE)).rejects.toEqual(damaged);
    await expect(sealer.open(sealed.slice(length + 1), PLACE)).rejects.toEqual(damaged);
  }
  await expect(sealer.open(Uint8Array.from([...sealed, 0]), PLACE)).rejects.toEqual(damaged);
});

test('sealed bytes moved to another place are refused', async () => {
  const sealed = await sealer.seal(SECRET, PLACE);
  const others = array(integer({ min: 0, max: 255 }), { maxLength: 30 }).map((found) => Uint8Array.from(found));
  const property = asyncProperty(others, async (place) => {
    await expect(sealer.open(sealed, place)).rejects.toEqual(damaged);
  });
  await assert(property, { numRuns: 50, examples: [[new TextEncoder().encode('dataset 1, chunk 4')]] });
});

test('the same bytes sealed again are other bytes throughout', async () => {
  const property = asyncProperty(nat(200), async (length) => {
    const plain = new Uint8Array(length);
    const [a, b] = await Promise.all([sealer.seal(plain, PLACE), sealer.seal(plain, PLACE)]);
    expect(a.slice(0, 12)).not.toEqual(b.slice(0, 12));
    expect(a.slice(12)).not.toEqual(b.slice(12));
  });
  await assert(property, { numRuns: 20 });
});

test('without a passphrase the bytes stay as they are', async () => {
  expect(await plainSealer.seal(SECRET, PLACE)).toBe(SECRET);
  expect(await plainSealer.open(SECRET, PLACE)).toBe(SECRET);
});
