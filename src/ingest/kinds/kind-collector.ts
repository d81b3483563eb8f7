import { AppError } from '../../core/errors';
import { LeftOutLog } from '../canonical/left-out-log';
import { CodedColumn } from '../columns/coded-column';
import { DecimalColumn } from '../columns/decimal-column';
import { isExcerptReason } from '../excerpt/excerpt';
import type { RowCutter } from '../excerpt/row-cutter';
import { padRecord, type RecordView } from '../readers/record';
import { BAD, GAP, READ, trimStart } from '../values/cell';
import type { KindMapping } from './kind-mapping';
import { KIND_LEFT_OUT_REASONS, reasonFor, type KindLeftOutReason } from './kind-reasons';
import { KIND_SPECS, isPersonRole, missingKindNeeds, valueTypeOf, type NeedSpec, type PersonRole } from './kinds';
import { NumberCell, TextCell, TimeCell, type RoleCell } from './role-cells';

/** A need of every row, and the cells of which any one meets it. */
interface RowNeed {
  readonly spec: NeedSpec;
  readonly cells: readonly RoleCell[];
}

/** A number of a wide series, and the name of its column. */
interface WideValue {
  readonly cell: NumberCell;
  readonly place: number;
}

const encoder = new TextEncoder();

/**
 * Reads records into columns by the roles of their kind, and notes those that cannot be used. A record of
 * a wide series becomes a row for each of its numbers, any other record one row.
 */
export class KindCollector {
  readonly leftOut = new LeftOutLog<KindLeftOutReason>(KIND_LEFT_OUT_REASONS);
  /** Cells of the columns of the table, in the order of the file. */
  readonly cells: readonly RoleCell[];
  /** Columns that say who a row is about, in the order of PERSON_ROLES' strength as mapped. */
  readonly people: readonly TextCell[];
  /** Number of the record of each row among those of the file, header and blank lines not counted. */
  readonly sourceRows: Int32Array;
  /** The physical line on which the record of each row begins. */
  readonly sourceLines: Int32Array;
  /** The names of the series of a wide file; null for every other file. */
  readonly wideNames: CodedColumn | null;
  /** The numbers of a wide file, and that column where it has one number a row. */
  readonly values: DecimalColumn | null;
  readonly #cutter: RowCutter | null;
  readonly #capacity: number;
  readonly #columnCount: number;
  readonly #needed: number;
  readonly #needs: readonly RowNeed[];
  readonly #wide: readonly WideValue[];
  readonly #time: TimeCell | null;
  #names: readonly Uint8Array[] = [];
  #offendingCell = -1;
  #rows = 0;
  #rowsRead = 0;
  #rowsUsed = 0;
  #tableRows = 0;
  #rowsWithoutPerson = 0;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;

  /**
   * @param capacity the most rows in a batch
   * @param cutter leaves usable rows out by choice
   * @throws AppError `mapping-incomplete` when a column that the kind needs is not there
   */
  constructor(mapping: KindMapping, capacity: number, cutter: RowCutter | null = null) {
    const roles = mapping.columns.map(({ role }) => role);
    const [missing] = missingKindNeeds(mapping.kind, roles);
    if (missing !== undefined) throw new AppError('mapping-incomplete', { missing });
    this.#cutter = cutter;
    this.#capacity = capacity;
    this.#columnCount = mapping.columns.length;
    const isWide = mapping.kind === 'series' && !roles.includes('seriesName');
    this.wideNames = isWide ? new CodedColumn(capacity) : null;
    this.values = mapping.kind === 'series' && roles.includes('value') ? new DecimalColumn(capacity) : null;
    const cells: RoleCell[] = [];
    const people: TextCell[] = [];
    const wide: WideValue[] = [];
    mapping.columns.forEach((column, place) => {
      const { role } = column;
      if (role === 'ignore') return;
      if (isPersonRole(role)) people.push(new TextCell(place, role, capacity));
      if (isPersonRole(role) && role !== 'name' && role !== 'birthday') return;
      const cell = cellFor(mapping, place, capacity, this.values);
      if (isWide && cell instanceof NumberCell) wide.push({ cell, place });
      else cells.push(cell);
    });
    this.people = people;
    this.cells = cells;
    this.#wide = wide;
    this.sourceRows = new Int32Array(capacity);
    this.sourceLines = new Int32Array(capacity);
    const all: readonly RoleCell[] = [...people, ...cells, ...wide.map(({ cell }) => cell)];
    this.#needs = KIND_SPECS[mapping.kind].needs
      .filter(({ isOfEveryRow }) => isOfEveryRow)
      .map((spec) => ({ spec, cells: all.filter(({ role }) => spec.anyOf.includes(role)) }));
    this.#needed = 1 + Math.max(-1, ...this.#needs.map(({ cells: met }) => Math.min(...met.map(({ place }) => place))));
    this.#time = cells.find((cell): cell is TimeCell => cell instanceof TimeCell && this.#isNeeded(cell)) ?? null;
  }

  get personRoles(): readonly PersonRole[] {
    return this.people.map(({ role }) => role as PersonRole);
  }

  /** Rows in the batch. */
  get rows(): number {
    return this.#rows;
  }

  /** True when another record may find no room. */
  get isFull(): boolean {
    return this.#rows + Math.max(1, this.#wide.length) > this.#capacity;
  }

  get rowsRead(): number {
    return this.#rowsRead;
  }

  get rowsUsed(): number {
    return this.#rowsUsed;
  }

  /** Rows of the table: more than records in a wide series, else as many as are used. */
  get tableRows(): number {
    return this.#tableRows;
  }

  /** Used rows that name nobody; 0 where the kind is not about people. */
  get rowsWithoutPerson(): number {
    return this.#rowsWithoutPerson;
  }

  /** The earliest time of a used row, wall-clock epoch milliseconds; NaN where the kind has none. */
  get firstMs(): number {
    return this.#firstMs;
  }

  get lastMs(): number {
    return this.#lastMs;
  }

  /** Cells of used rows that hold something that cannot be read, by the place of their column. */
  get unread(): readonly { readonly place: number; readonly cells: number }[] {
    const all = [...this.cells, ...this.#wide.map(({ cell }) => cell)];
    return all.filter(({ unread }) => unread > 0).map(({ place, unread }) => ({ place, cells: unread }));
  }

  /** Gives the columns their names, once the header has been read. */
  setNames(names: readonly string[]): void {
    this.#names = names.map((name) => encoder.encode(name));
  }

  /** Takes one record of data (not the header); the batch must not be full. */
  take(record: RecordView): void {
    this.#rowsRead++;
    this.#offendingCell = -1;
    const reason = this.#read(record);
    if (reason !== null && isExcerptReason(reason)) this.leftOut.count(reason);
    else if (reason !== null) this.leftOut.add(record, reason, this.#offendingCell);
    else if (this.wideNames === null) this.#keepOne(record.line);
    else this.#keepWide(this.wideNames, record.line);
  }

  /** Begins the next batch. */
  restart(): void {
    for (const cell of [...this.people, ...this.cells]) cell.restart();
    this.values?.restart();
    this.wideNames?.restart();
    this.#rows = 0;
  }

  #isNeeded(cell: RoleCell): boolean {
    return this.#needs.some(({ cells }) => cells.includes(cell));
  }

  #read(record: RecordView): KindLeftOutReason | null {
    if (record.unclosedQuote) return 'unclosed-quote';
    if (record.count !== this.#columnCount) {
      const reason = this.#checkCount(record);
      if (reason !== null) return reason;
    }
    for (const cell of this.people) cell.read(record);
    for (const cell of this.cells) cell.read(record);
    for (const { cell } of this.#wide) cell.read(record);
    for (const { spec, cells } of this.#needs) {
      if (cells.some(({ state }) => state === READ)) continue;
      const bad = cells.find(({ state }) => state === BAD);
      this.#offendingCell = (bad ?? cells[0])?.place ?? -1;
      return reasonFor(spec.need, bad !== undefined);
    }
    return this.#cutter?.reasonFor(record, this.#time?.wallMs ?? Number.NaN) ?? null;
  }

  /** Too few cells for what the kind needs, or too many; others may be missing at the end, or be there and empty. */
  #checkCount(record: RecordView): KindLeftOutReason | null {
    if (record.count < this.#needed) return 'too-few-cells';
    if (record.count < this.#columnCount) padRecord(record, this.#columnCount);
    for (let cell = this.#columnCount; cell < record.count; cell++) {
      const end = record.ends[cell] as number;
      if (trimStart(record.bytes, record.starts[cell] as number, end) === end) continue;
      this.#offendingCell = cell;
      return 'too-many-cells';
    }
    return null;
  }

  #keepOne(line: number): void {
    this.#rowsUsed++;
    if (this.people.length > 0 && this.people.every(({ state }) => state === GAP)) this.#rowsWithoutPerson++;
    for (const cell of this.people) cell.keep();
    this.#keepRow(line);
  }

  #keepWide(names: CodedColumn, line: number): void {
    this.#rowsUsed++;
    for (const { cell, place } of this.#wide) {
      if (cell.state !== READ) {
        if (cell.state === BAD) cell.unread++;
        continue;
      }
      cell.keep();
      const name = this.#names[place] ?? encoder.encode(`#${place + 1}`);
      names.push(name, 0, name.length);
      this.#keepRow(line);
    }
  }

  #keepRow(line: number): void {
    for (const cell of this.cells) cell.keep();
    this.sourceLines[this.#rows] = line;
    this.sourceRows[this.#rows++] = this.#rowsRead;
    this.#tableRows++;
    if (this.#time === null) return;
    const { wallMs } = this.#time;
    if (!(wallMs >= this.#firstMs)) this.#firstMs = wallMs;
    if (!(wallMs <= this.#lastMs)) this.#lastMs = wallMs;
  }
}

function cellFor(mapping: KindMapping, place: number, capacity: number, values: DecimalColumn | null): RoleCell {
  const column = mapping.columns[place] as KindMapping['columns'][number];
  switch (valueTypeOf(column.role)) {
    case 'time':
      return new TimeCell(place, column, mapping.zoneOffsetMinutes, capacity);
    case 'number':
      return new NumberCell(place, column, (column.role === 'value' ? values : null) ?? new DecimalColumn(capacity));
    default:
      return new TextCell(place, column.role, capacity);
  }
}
