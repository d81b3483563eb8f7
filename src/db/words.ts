/**
 * Numbers wider than 32 bits as the words in which Arrow holds them, low first, in two's complement.
 * Written as numbers, because a BigInt a value costs ten times as much.
 */

/** Words of a 64-bit integer, such as a time in microseconds. */
export const LONG_WORDS = 2;
/** Words of a 128-bit decimal. */
export const DECIMAL_WORDS = 4;
/** The last word of a decimal that stands for no value; that of a number below 2^53 is 0 or -1. */
export const NO_DECIMAL = 1;
/** The last word of a 64-bit integer that stands for no value; no integer below 2^53 has it. */
export const NO_LONG = -(2 ** 31);

const WORD = 2 ** 32;

/** Writes the integer, below 2^53, as the 64-bit integer at `place`. */
export function setLong(words: Int32Array, place: number, value: number): void {
  const at = place * LONG_WORDS;
  words[at] = value;
  words[at + 1] = Math.floor(value / WORD);
}

export function setNoLong(words: Int32Array, place: number): void {
  words[place * LONG_WORDS] = 0;
  words[place * LONG_WORDS + 1] = NO_LONG;
}

/** Writes the mantissa, below 2^53, as the decimal at `place`. */
export function setDecimal(words: Int32Array, place: number, mantissa: number): void {
  const at = place * DECIMAL_WORDS;
  const low = mantissa | 0;
  const isOneWord = low === mantissa;
  const sign = mantissa < 0 ? -1 : 0;
  words[at] = low;
  words[at + 1] = isOneWord ? sign : Math.floor(mantissa / WORD);
  words[at + 2] = sign;
  words[at + 3] = sign;
}

export function setNoDecimal(words: Int32Array, place: number): void {
  words.fill(0, place * DECIMAL_WORDS, (place + 1) * DECIMAL_WORDS - 1);
  words[(place + 1) * DECIMAL_WORDS - 1] = NO_DECIMAL;
}

/** The mantissa of the decimal at `place`; NaN where there is none. */
export function decimalAt(words: Int32Array, place: number): number {
  const at = place * DECIMAL_WORDS;
  if (words[at + 3] === NO_DECIMAL) return Number.NaN;
  return (words[at + 1] as number) * WORD + ((words[at] as number) >>> 0);
}
