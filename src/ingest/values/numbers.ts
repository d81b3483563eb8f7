import type { NumberFormat } from '../file-preview';
import { BAD, GAP, READ, isGap, valueEnd, valueStart, type ReadState } from './cell';
import { simplify } from './simplify';

/** Digits after the point that are kept; the next one rounds, half away from zero. */
export const MAX_SCALE = 6;

const ZERO = 0x30;
const POINT = 0x2e;
const COMMA = 0x2c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const EXPONENT = /^[eE]([+-]?\d{1,3})$/;
/** Currency codes and words that may stand before or behind; signs have become `$` by then. */
const CURRENCY =
  /^(?:(?:US|HK|NT|AU|CA|SG|A|C|S|R)?\$|RMB|CNY|USD|EUR|GBP|HKD|TWD|JPY|KRW|AUD|CAD|SGD|CHF|INR|MOP)\.?/i;
const CURRENCY_BEHIND = /(?:\$|RMB|CNY|USD|EUR|GBP|HKD|TWD|JPY|KRW|AUD|CAD|SGD|CHF|INR|MOP)$/i;
const MOST_DIGITS = 16;

/**
 * Reads decimal numbers exactly from the bytes of a cell: 1234.5, 1,234.50, 1.234,50, 1 234, 1'234,
 * ¥12.00, 12元, USD 5, (1,234.50) and 12- as negatives, 1.2E+05, full-width forms. A separator must
 * leave groups as they are written somewhere (three digits last), or the cell is bad: 12,5 under
 * `point` is a mistake about the format, not 125. Percentages are bad.
 */
export class NumberReader {
  /** The value is mantissa / 10^scale; the scale is the least that holds it, 0..MAX_SCALE. */
  mantissa = 0;
  scale = 0;
  /** True when digits past MAX_SCALE were rounded away. */
  rounded = false;
  readonly #point: number;
  readonly #separators: RegExp;

  constructor(format: NumberFormat) {
    this.#point = format === 'point' ? POINT : COMMA;
    const other = format === 'point' ? ',' : '.';
    this.#separators = new RegExp(`^\\d{1,3}([${other} '])(?:\\d{2,3}\\1)*\\d{3}$`);
  }

  /** Reads bytes[start..end). The fields hold the value when the answer is READ. */
  read(bytes: Uint8Array, start: number, end: number): ReadState {
    return this.#readPlain(bytes, start, end) ? READ : this.#readWritten(bytes, start, end);
  }

  /** The form almost every cell has: an optional minus, up to 15 digits, at most one point. */
  #readPlain(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    const length = end - at;
    if (length < 1 || length > 15) return false;
    const point = this.#point;
    let mantissa = 0;
    let pointAt = -1;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (bytes[at] === point && pointAt < 0) pointAt = at;
      else return false;
    }
    let scale = pointAt < 0 ? 0 : end - pointAt - 1;
    // Digits past the cap go through the rounding, a lone point through the refusal.
    if (scale > MAX_SCALE || pointAt === end - 1) return false;
    while (scale > 0 && mantissa % 10 === 0) {
      mantissa /= 10;
      scale--;
    }
    this.mantissa = negative && mantissa !== 0 ? -mantissa : mantissa;
    this.scale = scale;
    this.rounded = false;
    return true;
  }

  #readWritten(bytes: Uint8Array, start: number, end: number): ReadState {
    const from = valueStart(bytes, start, end);
    const to = valueEnd(bytes, start, from, end);
    if (isGap(bytes, from, to)) return GAP;
    if ((from > start || to < end) && this.#readPlain(bytes, from, to)) return READ;
    return this.#readText(simplify(bytes, from, to)) ? READ : BAD;
  }

  #readText(text: string): boolean {
    const signed = takeSigns(text);
    if (signed === null) return false;
    const mark = signed.rest.search(/[eE]/);
    const number = mark < 0 ? signed.rest : signed.rest.slice(0, mark);
    const exponent = mark < 0 ? 0 : Number(EXPONENT.exec(signed.rest.slice(mark))?.[1] ?? Number.NaN);
    if (Number.isNaN(exponent)) return false;
    const pointAt = number.indexOf(String.fromCharCode(this.#point));
    const whole = pointAt < 0 ? number : number.slice(0, pointAt);
    const fraction = pointAt < 0 ? '' : number.slice(pointAt + 1);
    const digits = /^\d*$/.test(whole) ? whole : this.#ungroup(whole);
    if (digits === null || !/^\d*$/.test(fraction) || digits + fraction === '') return false;
    return this.#keep(digits + fraction, fraction.length - exponent, signed.negative);
  }

  /** The digits without thousands separators; null when they are not written in groups. */
  #ungroup(whole: string): string | null {
    return this.#separators.test(whole) ? whole.replace(/\D/g, '') : null;
  }

  /** Takes digits / 10^scale; false when it does not fit into 2^53. */
  #keep(digits: string, scale: number, negative: boolean): boolean {
    let kept = digits.replace(/^0+/, '');
    let keptScale = scale;
    this.rounded = false;
    if (keptScale < 0) {
      if (kept.length - keptScale > MOST_DIGITS && kept !== '') return false;
      kept += '0'.repeat(kept === '' ? 0 : -keptScale);
      keptScale = 0;
    }
    let carry = 0;
    if (keptScale > MAX_SCALE) {
      const cut = kept.length - (keptScale - MAX_SCALE);
      const dropped = cut < 0 ? kept : kept.slice(cut);
      this.rounded = /[1-9]/.test(dropped);
      carry = cut >= 0 && dropped.charCodeAt(0) >= 0x35 ? 1 : 0;
      kept = cut <= 0 ? '' : kept.slice(0, cut);
      keptScale = MAX_SCALE;
    }
    let mantissa = Number(kept) + carry;
    if (!Number.isSafeInteger(mantissa)) return false;
    while (keptScale > 0 && mantissa % 10 === 0) {
      mantissa /= 10;
      keptScale--;
    }
    this.mantissa = negative && mantissa !== 0 ? -mantissa : mantissa;
    this.scale = keptScale;
    return true;
  }
}

/** Takes signs, brackets and one currency off a number; null when they contradict each other. */
function takeSigns(text: string): { readonly rest: string; readonly negative: boolean } | null {
  let rest = text;
  let signs = 0;
  let currencies = 0;
  let negative = false;
  for (let before = ''; before !== rest;) {
    before = rest;
    const first = rest.charCodeAt(0);
    if (first === MINUS || first === PLUS) {
      signs++;
      negative = first === MINUS;
      rest = rest.slice(1);
    } else if (rest.endsWith('-')) {
      signs++;
      negative = true;
      rest = rest.slice(0, -1);
    } else if (rest.startsWith('(') && rest.endsWith(')')) {
      signs++;
      negative = true;
      rest = rest.slice(1, -1);
    } else {
      const bare = rest.replace(CURRENCY, '').replace(CURRENCY_BEHIND, '');
      if (bare !== rest) currencies++;
      rest = bare;
    }
    rest = rest.trim();
  }
  return signs > 1 || currencies > 2 ? null : { rest, negative };
}
