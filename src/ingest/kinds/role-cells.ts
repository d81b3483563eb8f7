import { LONG_WORDS, setLong, setNoLong } from '../../db/words';
import { CodedColumn } from '../columns/coded-column';
import type { DecimalColumn } from '../columns/decimal-column';
import type { RecordView } from '../readers/record';
import { BAD, GAP, READ, isGap, valueEnd, valueStart, type ReadState } from '../values/cell';
import { NumberReader } from '../values/numbers';
import { TimeReader } from '../values/times';
import type { KindColumnMapping } from './kind-mapping';
import type { KindRole } from './kinds';
import { readPeriod } from './periods';

/** Reads the cells of one column and keeps those of the rows that are used, batch by batch. */
export interface RoleCell {
  readonly role: KindRole;
  /** Place of the column in the file. */
  readonly place: number;
  /** Reads the record's cell; what it came to stays until the next record. */
  read(record: RecordView): ReadState;
  /** What the last read came to. */
  readonly state: ReadState;
  /** Cells of used rows that hold something that cannot be read. */
  readonly unread: number;
  /** Keeps the cell that was read last, or a gap where there was none to read. */
  keep(): void;
  /** Begins the next batch. */
  restart(): void;
}

const decoder = new TextDecoder();
/** Roles whose times may be a month, a quarter or a year. */
const PERIOD_ROLES: ReadonlySet<KindRole> = new Set<KindRole>(['date', 'endsAt', 'birthday']);

/** A column of times, as words of epoch microseconds. */
export class TimeCell implements RoleCell {
  readonly role: KindRole;
  readonly place: number;
  readonly words: Int32Array;
  state: ReadState = GAP;
  unread = 0;
  readonly #reader: TimeReader;
  readonly #mayBePeriod: boolean;
  #wallMs = 0;
  #length = 0;

  constructor(place: number, { role, timeFormat }: KindColumnMapping, zoneOffsetMinutes: number, capacity: number) {
    this.role = role;
    this.place = place;
    this.#reader = new TimeReader(timeFormat ?? 'ymd', zoneOffsetMinutes);
    this.#mayBePeriod = PERIOD_ROLES.has(role);
    this.words = new Int32Array(capacity * LONG_WORDS);
  }

  /** The time read last, wall-clock epoch milliseconds. */
  get wallMs(): number {
    return this.#wallMs;
  }

  read(record: RecordView): ReadState {
    const start = record.starts[this.place] as number;
    const end = record.ends[this.place] as number;
    this.state = this.#reader.read(record.bytes, start, end);
    this.#wallMs = this.#reader.wallMs;
    if (this.state === BAD && this.#mayBePeriod) this.#readPeriod(record.bytes, start, end);
    return this.state;
  }

  keep(): void {
    const place = this.#length++;
    if (this.state === READ) setLong(this.words, place, this.#wallMs * 1000);
    else setNoLong(this.words, place);
    if (this.state === BAD) this.unread++;
  }

  restart(): void {
    this.#length = 0;
  }

  #readPeriod(bytes: Uint8Array, start: number, end: number): void {
    const from = valueStart(bytes, start, end);
    const wallMs = readPeriod(
      decoder.decode(bytes.subarray(from, valueEnd(bytes, start, from, end))).normalize('NFKC'),
    );
    if (wallMs === null) return;
    this.#wallMs = wallMs;
    this.state = READ;
  }
}

/** A column of exact numbers. */
export class NumberCell implements RoleCell {
  readonly role: KindRole;
  readonly place: number;
  readonly column: DecimalColumn;
  state: ReadState = GAP;
  unread = 0;
  readonly #reader: NumberReader;

  /** `column` is given where several cells of a record fill one column. */
  constructor(place: number, { role, numberFormat }: KindColumnMapping, column: DecimalColumn) {
    this.role = role;
    this.place = place;
    this.#reader = new NumberReader(numberFormat ?? 'point');
    this.column = column;
  }

  read({ bytes, starts, ends }: RecordView): ReadState {
    this.state = this.#reader.read(bytes, starts[this.place] as number, ends[this.place] as number);
    return this.state;
  }

  keep(): void {
    const isKept = this.state === READ && this.column.push(this.#reader);
    if (isKept) return;
    this.column.pushNone();
    if (this.state !== GAP) this.unread++;
  }

  restart(): void {
    this.column.restart();
  }
}

/** A column of texts, of ids, labels and longer ones alike: without the blanks and guards around them. */
export class TextCell implements RoleCell {
  readonly role: KindRole;
  readonly place: number;
  readonly column: CodedColumn;
  readonly unread = 0;
  state: ReadState = GAP;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  constructor(place: number, role: KindRole, capacity: number) {
    this.role = role;
    this.place = place;
    this.column = new CodedColumn(capacity);
  }

  read({ bytes, starts, ends }: RecordView): ReadState {
    const cellStart = starts[this.place] as number;
    const cellEnd = ends[this.place] as number;
    this.#bytes = bytes;
    this.#start = valueStart(bytes, cellStart, cellEnd);
    this.#end = valueEnd(bytes, cellStart, this.#start, cellEnd);
    this.state = isGap(bytes, this.#start, this.#end) ? GAP : READ;
    return this.state;
  }

  keep(): void {
    if (this.state === READ) this.column.push(this.#bytes, this.#start, this.#end);
    else this.column.pushNone();
  }

  restart(): void {
    this.column.restart();
  }
}
