import { AppError } from '../../core/errors';
import { Utf8Check } from '../readers/utf8-check';
import type { ExtractLimits } from './extract-contract';

/** Large enough that a Blob of many pieces stays short, small enough that none of them matters. */
const PIECE_BYTES = 4 << 20;

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

const PLAIN = 0;
const NEEDS_QUOTES = 1;
const IS_QUOTE = 2;
const IS_NUL = 3;

/** What a byte asks of the cell that holds it. */
const CLASSES = new Uint8Array(256);
for (const mark of [COMMA, LINE_FEED, 0x0d]) CLASSES[mark] = NEEDS_QUOTES;
CLASSES[QUOTE] = IS_QUOTE;
CLASSES[0] = IS_NUL;

export interface SinkOptions {
  readonly name: string;
  readonly limits: ExtractLimits;
}

/**
 * Takes cells row by row and keeps them as canonical delimited text (see Extraction) in a Blob: only
 * the piece being written, 4 MB, is in the worker's own memory. A cell's text is copied as bytes, so
 * a value that already is UTF-8 never becomes a string.
 *
 * NUL characters are left out of cells and bytes that are no UTF-8 are replaced (U+FFFD), because the
 * text would otherwise be refused as a whole; neither is in any table that a text editor can show.
 *
 * Throws `over-limit` at a cell, row or column past the limits, and past the bytes that may come out of
 * a file, since a small one can stand for any number of rows.
 */
export class DelimitedSink {
  readonly #name: string;
  readonly #limits: ExtractLimits;
  readonly #pieces: Blob[] = [];
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(PIECE_BYTES);
  #filled = 0;
  #rowStart = 0;
  #cells = 0;
  #rows = 0;
  #flushedBytes = 0;

  constructor({ name, limits }: SinkOptions) {
    this.#name = name;
    this.#limits = limits;
  }

  /** Rows ended so far, the header included. */
  get rows(): number {
    return this.#rows;
  }

  /** An empty cell without quotes. */
  gap(): void {
    this.#beginCell(0);
  }

  /** A cell of ASCII that needs no quotes: numbers, times, true and false. */
  plain(text: string): void {
    this.#beginCell(text.length);
    const bytes = this.#bytes;
    let at = this.#filled;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.#filled = at;
  }

  /** A cell of any text; the empty one is written in quotes, to be told from a gap. */
  text(text: string): void {
    const bytes = this.#encoder.encode(text);
    this.utf8(bytes, 0, bytes.length);
  }

  /** The same from UTF-8 bytes [from, to). */
  utf8(source: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length > this.#limits.cellBytes) throw this.#over('cellBytes', this.#limits.cellBytes);
    this.#beginCell(2 * length + 2);
    const bytes = this.#bytes;
    const start = this.#filled;
    let at = start;
    for (let i = from; i < to; i++) {
      const byte = source[i] as number;
      if (CLASSES[byte] !== PLAIN) {
        this.#awkward(source, from, to, start);
        return;
      }
      bytes[at++] = byte;
    }
    this.#filled = at;
    if (length === 0) this.#emptyText();
  }

  endRow(): void {
    this.#reserve(3);
    // A lone gap would be a blank line, which is no row.
    if (this.#cells === 1 && this.#filled === this.#rowStart) this.#emptyText();
    this.#bytes[this.#filled++] = LINE_FEED;
    this.#cells = 0;
    this.#rowStart = this.#filled;
    this.#rows++;
    if (this.#rows > this.#limits.rows) throw this.#over('rows', this.#limits.rows);
    if (this.#filled >= PIECE_BYTES) this.#flush();
  }

  /** The text as a Blob. The sink is not used afterwards. */
  finish(): Blob {
    this.#flush();
    return new Blob(this.#pieces, { type: 'text/csv' });
  }

  #beginCell(bytes: number): void {
    this.#reserve(bytes + 1);
    if (this.#cells++ > 0) this.#bytes[this.#filled++] = COMMA;
    if (this.#cells > this.#limits.columns) throw this.#over('columns', this.#limits.columns);
  }

  /** Writes from `start` a cell that needs quotes or holds NULs. */
  #awkward(source: Uint8Array, from: number, to: number, start: number): void {
    let quoted = false;
    for (let i = from; i < to && !quoted; i++) {
      const kind = CLASSES[source[i] as number];
      quoted = kind === NEEDS_QUOTES || kind === IS_QUOTE;
    }
    const bytes = this.#bytes;
    let at = start;
    if (quoted) bytes[at++] = QUOTE;
    for (let i = from; i < to; i++) {
      const byte = source[i] as number;
      if (byte === 0) continue;
      if (byte === QUOTE) bytes[at++] = QUOTE;
      bytes[at++] = byte;
    }
    if (quoted) bytes[at++] = QUOTE;
    this.#filled = at;
    if (at === start) this.#emptyText();
  }

  #emptyText(): void {
    this.#bytes[this.#filled++] = QUOTE;
    this.#bytes[this.#filled++] = QUOTE;
  }

  #reserve(bytes: number): void {
    const needed = this.#filled + bytes;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#filled));
    this.#bytes = grown;
  }

  /** Hands the rows written so far to the browser, which keeps large Blobs out of the heap. */
  #flush(): void {
    const piece = this.#bytes.subarray(0, this.#filled);
    const check = new Utf8Check();
    const isText = check.push(piece) && check.end();
    this.#flushedBytes += piece.length;
    if (this.#flushedBytes > this.#limits.inflatedBytes) throw this.#over('inflatedBytes', this.#limits.inflatedBytes);
    this.#pieces.push(new Blob([isText ? piece : this.#encoder.encode(new TextDecoder().decode(piece))]));
    this.#filled = 0;
    this.#rowStart = 0;
  }

  #over(what: keyof ExtractLimits, limit: number): AppError {
    return new AppError('over-limit', { name: this.#name, what, limit });
  }
}
