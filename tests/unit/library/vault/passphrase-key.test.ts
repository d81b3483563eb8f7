import { expect, test, vi } from 'vitest';
import { createKey, openKey, rewrapKey, type WrappedKey } from '../../../../src/library/vault/passphrase-key';
import type { Bytes } from '../../../../src/library/vault/sealer';
import {
  openIndependently,
  sealIndependently,
  unwrapIndependently,
  wrapIndependently,
} from '../../../support/independent-vault';

// A passphrase costs a quarter of a second of a processor that is free, and others run beside this one.
vi.setConfig({ testTimeout: 120_000 });

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const SECRET = utf8('李雷,13800138000');
const PLACE = utf8('dataset 1, chunk 3');
const FACTS = {
  salt: Uint8Array.from({ length: 16 }, (_, i) => 7 * i),
  nonce: Uint8Array.from({ length: 12 }, (_, i) => 11 * i),
  rounds: 600_000,
};
const KEY = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
const WRAPPED = wrapIndependently(utf8('four random words'), KEY, FACTS);

const refusal = (code: string): object => expect.objectContaining({ name: 'AppError', code });

test('what is sealed under a passphrase is opened by another implementation', async () => {
  const { sealer, wrapped } = await createKey('four random words');
  const sealed = await sealer.seal(SECRET, PLACE);
  const key = unwrapIndependently(utf8('four random words'), wrapped);
  expect(openIndependently(key, sealed, PLACE)).toEqual(SECRET);
  expect(wrapped).toMatchObject({ version: 1, kdf: 'PBKDF2-SHA-256', rounds: 600_000 });
});

test('what another implementation sealed under a passphrase is opened', async () => {
  const sealer = await openKey('four random words', WRAPPED);
  expect(await sealer.open(sealIndependently(KEY, FACTS.nonce, SECRET, PLACE), PLACE)).toEqual(SECRET);
});

test('a key is derived by as many rounds as stand beside it', async () => {
  const facts = { ...FACTS, rounds: 600_001 };
  const sealer = await openKey('four random words', wrapIndependently(utf8('four random words'), KEY, facts));
  expect(await sealer.open(sealIndependently(KEY, FACTS.nonce, SECRET, PLACE), PLACE)).toEqual(SECRET);
});

test('one passphrase is the same however a keyboard writes it', async () => {
  const wrapped = wrapIndependently(utf8('caf\u00e9 123'), KEY, FACTS);
  const sealed = sealIndependently(KEY, FACTS.nonce, SECRET, PLACE);
  for (const written of ['caf\u00e9 123', 'cafe\u0301 123', 'caf\u00e9\u3000\uff11\uff12\uff13']) {
    expect(await (await openKey(written, wrapped)).open(sealed, PLACE)).toEqual(SECRET);
  }
});

test('a passphrase that differs in case or by a space is another one', async () => {
  for (const other of ['Four random words', 'four random words ', '']) {
    await expect(openKey(other, WRAPPED)).rejects.toEqual(refusal('library-wrong-passphrase'));
  }
});

test('after a change what was sealed before opens with the new passphrase, and the old one is refused', async () => {
  const { sealer, wrapped } = await createKey('the old passphrase');
  const sealed = await sealer.seal(SECRET, PLACE);
  const changed = await rewrapKey('the old passphrase', 'the new passphrase', wrapped);
  expect(await (await openKey('the new passphrase', changed)).open(sealed, PLACE)).toEqual(SECRET);
  await expect(openKey('the old passphrase', changed)).rejects.toEqual(refusal('library-wrong-passphrase'));
  expect(changed.salt).not.toEqual(wrapped.salt);
  expect(changed.nonce).not.toEqual(wrapped.nonce);
});

test('a passphrase is not changed by who does not know it', async () => {
  await expect(rewrapKey('a guess', 'mine now', WRAPPED)).rejects.toEqual(refusal('library-wrong-passphrase'));
});

test('two keys under one passphrase open nothing of each other', async () => {
  const [a, b] = await Promise.all([createKey('four random words'), createKey('four random words')]);
  const sealed = await a.sealer.seal(SECRET, PLACE);
  await expect(b.sealer.open(sealed, PLACE)).rejects.toEqual(refusal('library-damaged'));
  expect(b.wrapped.salt).not.toEqual(a.wrapped.salt);
});

test.each(['salt', 'nonce', 'wrapped'] as const)(
  'a stored key with a changed bit in its %s opens nothing',
  async (part) => {
    const changed = WRAPPED[part].with(5, (WRAPPED[part][5] ?? 0) ^ 1);
    await expect(openKey('four random words', { ...WRAPPED, [part]: changed })).rejects.toEqual(
      refusal('library-wrong-passphrase'),
    );
  },
);

const malformed: readonly (readonly [title: string, change: Readonly<Record<string, unknown>>])[] = [
  ['fewer rounds than are safe', { rounds: 599_999 }],
  ['more rounds than a page can wait for', { rounds: 10_000_001 }],
  ['half a round', { rounds: 600_000.5 }],
  ['another version', { version: 2 }],
  ['another derivation', { kdf: 'SHA-1' }],
  ['no salt', { salt: new Uint8Array(0) }],
  ['a short nonce', { nonce: new Uint8Array(8) }],
  ['a key cut off', { wrapped: new Uint8Array(47) }],
  ['text for bytes', { wrapped: 'x'.repeat(48) }],
];

test.each(malformed)('a stored key with %s is damaged', async (_title, change) => {
  const wrapped = { ...WRAPPED, ...change } as WrappedKey;
  await expect(openKey('four random words', wrapped)).rejects.toEqual(refusal('library-damaged'));
});
