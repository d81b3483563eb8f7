import { GrowingInt32 } from './growing';
import { IdDictionary } from './id-dictionary';
import { PACKED_WORDS, isShortId, packShortId } from './short-id';

/** The code of a gap. */
export const NO_CODE = -1;

/** Ids that wait to be looked up together; what they need fits into the nearest memory. */
const MOST_WAITING = 256;

/** A column of strings as codes into a dictionary of them; NO_CODE for a gap. */
export class CodedColumn {
  readonly #dictionary = new IdDictionary();
  readonly #codes = new GrowingInt32();
  readonly #words = new Int32Array(MOST_WAITING * PACKED_WORDS);
  readonly #places = new Int32Array(MOST_WAITING);
  #waiting = 0;

  /** The strings of all rows so far. */
  get dictionary(): IdDictionary {
    this.#settle();
    return this.#dictionary;
  }

  reserve(rows: number): void {
    this.#codes.reserve(rows);
  }

  pushNone(): void {
    this.#codes.push(NO_CODE);
  }

  /** Appends the string bytes[start..end). The bytes may change afterwards. */
  push(bytes: Uint8Array, start: number, end: number): void {
    if (this.#dictionary.isAscending || !isShortId(bytes, start, end)) {
      this.#codes.push(this.#dictionary.codeOf(bytes, start, end));
      return;
    }
    packShortId(bytes, start, end, this.#words, this.#waiting * PACKED_WORDS);
    this.#places[this.#waiting] = this.#codes.length;
    this.#codes.push(NO_CODE);
    if (++this.#waiting === MOST_WAITING) this.#settle();
  }

  /** The codes of all rows: a view that the next push may leave behind. */
  codes(): Int32Array {
    this.#settle();
    return this.#codes.view();
  }

  #settle(): void {
    this.#dictionary.codesOf(this.#words, this.#places, this.#waiting, this.#codes.view());
    this.#waiting = 0;
  }
}
