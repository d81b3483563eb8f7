import { expect, test } from 'vitest';
import { passphraseLength } from '../../../../src/library/vault/passphrase-length';

test.each([
  ['', 'too-short'],
  ['1234567', 'too-short'],
  ['12345678', 'short'],
  ['12345678901234', 'short'],
  ['123456789012345', 'long'],
  ['床前明月光疑是地上霜举头望明月', 'long'],
] as const)('%j is %s', (passphrase, expected) => {
  expect(passphraseLength(passphrase)).toBe(expected);
});

test('a character counts once, in however many code units or parts it is written', () => {
  expect(passphraseLength('😀😀😀😀😀😀😀')).toBe('too-short');
  expect(passphraseLength('e\u0301'.repeat(7))).toBe('too-short');
});
