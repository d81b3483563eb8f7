import { IdDictionary } from './id-dictionary';
import { PACKED_WORDS, isShortId, packShortId } from './short-id';

/** The code of a gap. */
export const NO_CODE = -1;

/** Ids that wait to be looked up together; what they need fits into the nearest memory. */
const MOST_WAITING = 256;

/** One batch of a column of strings, as codes into a dictionary of those of all batches; NO_CODE for a gap. */
export class CodedColumn {
  readonly #dictionary = new IdDictionary();
  readonly #codes: Int32Array;
  #length = 0;
  readonly #words = new Int32Array(MOST_WAITING * PACKED_WORDS);
  readonly #places = new Int32Array(MOST_WAITING);
  #waiting = 0;

  /** `capacity` is the most values in a batch. */
  constructor(capacity: number) {
    this.#codes = new Int32Array(capacity);
  }

  /** The strings of all batches so far; codes are in the order in which the strings first came. */
  get dictionary(): IdDictionary {
    this.#settle();
    return this.#dictionary;
  }

  pushNone(): void {
    this.#codes[this.#length++] = NO_CODE;
  }

  /** Appends the string bytes[start..end). The bytes may change afterwards. */
  push(bytes: Uint8Array, start: number, end: number): void {
    const place = this.#length++;
    if (this.#dictionary.isAscending || !isShortId(bytes, start, end)) {
      // Those before come first, so that codes follow the order of the strings.
      if (this.#waiting > 0) this.#settle();
      this.#codes[place] = this.#dictionary.codeOf(bytes, start, end);
      return;
    }
    packShortId(bytes, start, end, this.#words, this.#waiting * PACKED_WORDS);
    this.#places[this.#waiting] = place;
    if (++this.#waiting === MOST_WAITING) this.#settle();
  }

  /** The codes of the batch: a view that is written over once the next batch begins. */
  codes(): Int32Array {
    this.#settle();
    return this.#codes.subarray(0, this.#length);
  }

  /** Begins the next batch. */
  restart(): void {
    this.#settle();
    this.#length = 0;
  }

  #settle(): void {
    this.#dictionary.codesOf(this.#words, this.#places, this.#waiting, this.#codes);
    this.#waiting = 0;
  }
}
