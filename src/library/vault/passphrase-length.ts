/** In characters as they are counted here: what is shorter is refused. */
export const SHORTEST_PASSPHRASE = 8;
/** In characters: NIST's least length for a secret that protects alone (SP 800-63B-4, 3.1.1.2). */
const LONG_PASSPHRASE = 15;

export type PassphraseLength = 'too-short' | 'short' | 'long';

/**
 * How long a passphrase is, in words. Only its length is judged: how easily it is guessed nobody can
 * measure from the outside, and a number of bits would pretend to.
 */
export function passphraseLength(passphrase: string): PassphraseLength {
  const characters = Array.from(passphrase.normalize('NFKC')).length;
  if (characters < SHORTEST_PASSPHRASE) return 'too-short';
  return characters < LONG_PASSPHRASE ? 'short' : 'long';
}
