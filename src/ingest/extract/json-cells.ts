import { AppError } from '../../core/errors';
import type { DelimitedSink } from './delimited-sink';
import { unescapeInto } from './json-strings';
import { withoutExponent } from './value-text';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const NO_CELL = -1;
/** Marks of a JSON text behind which no comma stands. */
const OPENERS = new Set([0x5b, 0x7b, COLON]);
/** Far past any row; a wrong choice of where the rows lie can make one row of a whole file. */
const MAX_ROW_BYTES = 256 << 20;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The cells of one row of JSON until it is written: once, or once a line of the list inside it. */
export class JsonCells {
  readonly #name: string;
  #bytes = new Uint8Array(64 << 10);
  #filled = 0;
  #starts = new Int32Array(64).fill(NO_CELL);
  #ends = new Int32Array(64);
  /** Column, start and end of each cell of each line. */
  readonly #lines: number[][] = [];
  #line: number[] | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  clear(): void {
    this.#filled = 0;
    this.#starts.fill(NO_CELL);
    this.#lines.length = 0;
    this.#line = null;
  }

  /** Cells from here on are of a new line of the list. */
  beginLine(): void {
    this.#line = [];
    this.#lines.push(this.#line);
  }

  endLine(): void {
    this.#line = null;
  }

  setText(column: number, source: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    const start = this.#filled;
    this.#appendText(source, from, to, hasEscapes);
    this.setCell(column, start);
  }

  /** As written, but for an exponent, which is worked out. */
  setNumber(column: number, source: Uint8Array, from: number, to: number): void {
    const start = this.#filled;
    let hasExponent = false;
    for (let i = from; i < to; i++) hasExponent ||= ((source[i] as number) | 0x20) === 0x65;
    if (hasExponent) this.#append(encoder.encode(withoutExponent(decoder.decode(source.subarray(from, to)))));
    else this.#appendText(source, from, to, false);
    this.setCell(column, start);
  }

  setGap(column: number): void {
    if (this.#line === null && column < this.#starts.length) this.#starts[column] = NO_CELL;
  }

  /** The cell is what was appended since `start`. */
  setCell(column: number, start: number): void {
    if (this.#line !== null) {
      this.#line.push(column, start, this.#filled);
      return;
    }
    if (column >= this.#starts.length) this.#widen(column);
    this.#starts[column] = start;
    this.#ends[column] = this.#filled;
  }

  /** Where a JSON text that is kept as a cell begins. */
  get mark(): number {
    return this.#filled;
  }

  /** Appends to the JSON text that began at `start`: a bracket that opens. */
  open(start: number, bracket: number): void {
    this.#separate(start);
    this.#room(1);
    this.#bytes[this.#filled++] = bracket;
  }

  close(bracket: number): void {
    this.#room(1);
    this.#bytes[this.#filled++] = bracket;
  }

  key(start: number, source: Uint8Array, from: number, to: number): void {
    this.quoted(start, source, from, to);
    this.close(COLON);
  }

  /** A string with its escapes. */
  quoted(start: number, source: Uint8Array, from: number, to: number): void {
    this.#separate(start);
    this.close(QUOTE);
    this.#appendText(source, from, to, false);
    this.close(QUOTE);
  }

  /** A number or a word. */
  bare(start: number, source: Uint8Array, from: number, to: number): void {
    this.#separate(start);
    this.#appendText(source, from, to, false);
  }

  /** Writes the row, or a row for each line, `width` cells wide. */
  write(sink: DelimitedSink, width: number): void {
    if (this.#lines.length === 0) {
      this.#writeRow(sink, width, null);
      return;
    }
    for (const line of this.#lines) this.#writeRow(sink, width, line);
  }

  /** The text of a cell of the row; '' for a gap. */
  text(column: number): string {
    const start = this.#starts[column] ?? NO_CELL;
    return start === NO_CELL ? '' : decoder.decode(this.#bytes.subarray(start, this.#ends[column]));
  }

  #writeRow(sink: DelimitedSink, width: number, line: readonly number[] | null): void {
    const places = new Map<number, number>();
    if (line !== null) for (let i = 0; i < line.length; i += 3) places.set(line[i] as number, i);
    for (let column = 0; column < width; column++) {
      const place = line === null ? undefined : places.get(column);
      if (place !== undefined && line !== null) {
        sink.utf8(this.#bytes, line[place + 1] as number, line[place + 2] as number);
      } else if (column < this.#starts.length && this.#starts[column] !== NO_CELL) {
        sink.utf8(this.#bytes, this.#starts[column] as number, this.#ends[column] as number);
      } else {
        sink.gap();
      }
    }
    sink.endRow();
  }

  #separate(start: number): void {
    if (this.#filled > start && !OPENERS.has(this.#bytes[this.#filled - 1] as number)) this.close(COMMA);
  }

  #append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  #appendText(source: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    this.#room(to - from);
    const bytes = this.#bytes;
    if (hasEscapes) {
      this.#filled = unescapeInto(source, from, to, bytes, this.#filled);
      return;
    }
    let at = this.#filled;
    for (let i = from; i < to; i++) bytes[at++] = source[i] as number;
    this.#filled = at;
  }

  #room(more: number): void {
    const needed = this.#filled + more;
    if (needed <= this.#bytes.length) return;
    if (needed > MAX_ROW_BYTES)
      throw new AppError('over-limit', { name: this.#name, what: 'cellBytes', limit: MAX_ROW_BYTES });
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#filled));
    this.#bytes = grown;
  }

  #widen(column: number): void {
    const starts = new Int32Array(2 * column).fill(NO_CELL);
    const ends = new Int32Array(2 * column);
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#starts = starts;
    this.#ends = ends;
  }
}
