import { AppError } from '../../core/errors';
import type { Delimiter } from '../file-preview';
import { isBlankRecord, type RecordView } from './record';

/** A longer record is a mistake: a quote that swallows the file, or no text at all. */
export const MAX_RECORD_BYTES = 1 << 20;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
/** Classes of bytes outside quotes; every other byte is 0. */
const IS_DELIMITER = 1;
const IS_LF = 2;
const IS_CR = 3;
const INCOMPLETE = -1;
const NEVER_CLOSED = -2;

/**
 * Splits UTF-8 bytes into records and cells, whatever the boundaries of the chunks. Quotes as in RFC
 * 4180: one at the start of a cell opens, two inside stand for one, line ends inside belong to the
 * cell; elsewhere a quote is a plain character. LF, CRLF and a lone CR end a record alike. Rows
 * without anything in any cell are counted as blank and not handed over.
 *
 * A quote that spans lines and is closed by nothing, or by a quote that does not end its cell, was
 * not meant as one: its first line is handed over as `unclosedQuote` and reading resumes on the next.
 *
 * Cost: one pass over the bytes with one table look-up each, one copy of each chunk.
 */
export class DelimitedScanner {
  readonly record: RecordView;
  readonly #onRecord: (record: RecordView) => void;
  readonly #classes = new Uint8Array(256);
  /** No byte above it has a class: most need no look-up. */
  readonly #highest: number;
  readonly #byRuns: boolean;
  #bytes: Uint8Array = new Uint8Array(1);
  #filled = 0;
  #line = 1;
  #blankLines = 0;
  /** Where bytes of cells with doubled quotes are put together, behind the data. */
  #spill = 0;
  /** Line ends inside the record being scanned. */
  #breaks = 0;

  constructor(delimiter: Delimiter, onRecord: (record: RecordView) => void) {
    this.#onRecord = onRecord;
    this.#byRuns = delimiter === 'whitespace';
    for (const mark of this.#byRuns ? ' \t' : delimiter) this.#classes[mark.charCodeAt(0)] = IS_DELIMITER;
    this.#classes[LF] = IS_LF;
    this.#classes[CR] = IS_CR;
    this.#highest = this.#classes.findLastIndex((byteClass) => byteClass > 0);
    this.record = {
      bytes: this.#bytes,
      count: 0,
      starts: new Int32Array(64),
      ends: new Int32Array(64),
      line: 1,
      rawStart: 0,
      rawEnd: 0,
      unclosedQuote: false,
    };
  }

  get blankLines(): number {
    return this.#blankLines;
  }

  /**
   * Takes the next bytes and hands over every record that ends in them. The chunk may be reused.
   * Throws `line-too-long` with its line.
   */
  push(chunk: Uint8Array): void {
    this.#append(chunk);
    this.#scan(false);
  }

  /** Hands over what is left. Not called on a sample that was cut in the middle of a record. */
  end(): void {
    this.#scan(true);
  }

  /** Puts the chunk behind the unfinished record, with room to unquote a record of that size. */
  #append(chunk: Uint8Array): void {
    const rest = this.#filled;
    const needed = 2 * (rest + chunk.length) + 1;
    if (this.#bytes.length < needed) {
      const grown = new Uint8Array(needed);
      grown.set(this.#bytes.subarray(0, rest));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, rest);
    this.#filled = rest + chunk.length;
  }

  #scan(final: boolean): void {
    const filled = this.#filled;
    // A line end behind the data stops the inner loops without a test for the end on every byte.
    this.#bytes[filled] = LF;
    this.record.bytes = this.#bytes;
    let at = 0;
    while (at < filled) {
      const next = this.#next(at, filled, final);
      if (next === INCOMPLETE) break;
      at = next;
    }
    this.#bytes.copyWithin(0, at, filled);
    this.#filled = filled - at;
  }

  /** Scans the record at `at` and hands it over; returns the start of the next one or INCOMPLETE. */
  #next(at: number, filled: number, final: boolean): number {
    this.#breaks = 0;
    this.#spill = filled + 1;
    const next = this.#byRuns ? this.#scanRuns(at, filled, final) : this.#scanCells(at, filled, final);
    if (next === NEVER_CLOSED) return this.#giveUpLine(at, filled);
    const length = (next === INCOMPLETE ? filled : this.record.rawEnd) - at;
    if (length > MAX_RECORD_BYTES) {
      if (this.#breaks > 0) return this.#giveUpLine(at, filled);
      throw new AppError('line-too-long', { line: this.#line, bytes: MAX_RECORD_BYTES });
    }
    if (next !== INCOMPLETE) this.#handOver(at);
    return next;
  }

  #handOver(from: number): void {
    const { record } = this;
    if (isBlankRecord(record)) {
      this.#blankLines++;
    } else {
      record.line = this.#line;
      record.rawStart = from;
      record.unclosedQuote = false;
      this.#onRecord(record);
    }
    this.#line += this.#breaks + 1;
  }

  /** Hands over the first line of the record as one whose quote never closes; returns the next line. */
  #giveUpLine(from: number, filled: number): number {
    const { record } = this;
    let at = from;
    while ((this.#classes[this.#bytes[at] as number] as number) < IS_LF) at++;
    record.count = 0;
    record.line = this.#line;
    record.rawStart = from;
    record.rawEnd = at;
    record.unclosedQuote = true;
    this.#onRecord(record);
    this.#line++;
    return at === filled ? filled : this.#afterLineEnd(at, filled, true);
  }

  /** The start of the next record, or INCOMPLETE when a CR ends the data and an LF may follow. */
  #afterLineEnd(at: number, filled: number, final: boolean): number {
    if (at === filled) return final ? filled : INCOMPLETE;
    if (this.#bytes[at] === LF) return at + 1;
    if (at + 1 === filled) return final ? filled : INCOMPLETE;
    return this.#bytes[at + 1] === LF ? at + 2 : at + 1;
  }

  #scanCells(from: number, filled: number, final: boolean): number {
    const bytes = this.#bytes;
    const classes = this.#classes;
    const highest = this.#highest;
    const { record } = this;
    let { starts, ends } = record;
    let count = 0;
    let at = from;
    for (;;) {
      if (count === starts.length) ({ starts, ends } = this.#growCells());
      if (bytes[at] === QUOTE) {
        at = this.#scanQuoted(at, filled, final, count);
        if (at < 0) return at;
      } else {
        starts[count] = at;
        while ((bytes[at] as number) > highest || classes[bytes[at] as number] === 0) at++;
        ends[count] = at;
      }
      count++;
      if (classes[bytes[at] as number] === IS_DELIMITER) {
        at++;
        continue;
      }
      record.count = count;
      record.rawEnd = at;
      return this.#afterLineEnd(at, filled, final);
    }
  }

  /** Cells parted by runs of blanks; blanks at either end of the line part nothing. */
  #scanRuns(from: number, filled: number, final: boolean): number {
    const bytes = this.#bytes;
    const classes = this.#classes;
    const { record } = this;
    let { starts, ends } = record;
    let count = 0;
    let at = from;
    for (;;) {
      while (at < filled && classes[bytes[at] as number] === IS_DELIMITER) at++;
      if ((classes[bytes[at] as number] as number) >= IS_LF || at === filled) {
        record.count = count;
        record.rawEnd = at;
        return this.#afterLineEnd(at, filled, final);
      }
      if (count === starts.length) ({ starts, ends } = this.#growCells());
      if (bytes[at] === QUOTE) {
        at = this.#scanQuoted(at, filled, final, count);
        if (at < 0) return at;
      } else {
        starts[count] = at;
        while (classes[bytes[at] as number] === 0) at++;
        ends[count] = at;
      }
      count++;
    }
  }

  /** Scans a cell that opens with a quote; returns where it ends, INCOMPLETE or NEVER_CLOSED. */
  #scanQuoted(open: number, filled: number, final: boolean, cell: number): number {
    const bytes = this.#bytes;
    const { starts, ends } = this.record;
    let piece = open + 1;
    let spilled = -1;
    let breaks = 0;
    let at = piece;
    for (;;) {
      const byte = bytes[at];
      if (at >= filled) {
        this.#breaks += breaks;
        return final ? NEVER_CLOSED : INCOMPLETE;
      }
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) breaks++;
      if (byte !== QUOTE) {
        at++;
      } else if (at + 1 < filled && bytes[at + 1] === QUOTE) {
        spilled = this.#spillPiece(piece, at + 1, spilled);
        at += 2;
        piece = at;
      } else {
        break;
      }
    }
    this.#breaks += breaks;
    if (at + 1 === filled && !final) return INCOMPLETE;
    let end = at + 1;
    if (end < filled && this.#classes[bytes[end] as number] === 0) {
      if (breaks > 0) return NEVER_CLOSED;
      // Text behind a closing quote on the same line: what was written is kept, without the quotes.
      spilled = this.#spillPiece(piece, at, spilled);
      piece = end;
      while (this.#classes[bytes[end] as number] === 0) end++;
      at = end;
    }
    if (spilled < 0) {
      starts[cell] = piece;
      ends[cell] = at;
    } else {
      starts[cell] = this.#spillPiece(piece, at, spilled);
      ends[cell] = this.#spill;
    }
    return end;
  }

  /** Appends bytes[from..to) to the cell that is put together behind the data; returns its start. */
  #spillPiece(from: number, to: number, cellStart: number): number {
    const start = cellStart < 0 ? this.#spill : cellStart;
    this.#bytes.copyWithin(this.#spill, from, to);
    this.#spill += to - from;
    return start;
  }

  #growCells(): { starts: Int32Array; ends: Int32Array } {
    const { record } = this;
    const starts = new Int32Array(record.starts.length * 2);
    const ends = new Int32Array(record.ends.length * 2);
    starts.set(record.starts);
    ends.set(record.ends);
    record.starts = starts;
    record.ends = ends;
    return { starts, ends };
  }
}
