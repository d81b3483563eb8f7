import { encodeBatch, type BatchColumn, type StringPool } from '../../db/arrow-ipc';
import type { KindColumn } from '../../db/kind-tables';
import { BATCH_ROWS } from '../canonical/table-batches';
import type { LeftOutRows } from '../canonical/left-out-log';
import { NormalisedPool, poolOfTexts } from '../canonical/text-pool';
import { NO_CODE } from '../columns/coded-column';
import { AccountNumbers } from './account-numbers';
import { COLUMN_OF_ROLE, TABLE_OF_KIND } from './kind-columns';
import type { KindCollector } from './kind-collector';
import type { KindMapping } from './kind-mapping';
import { KIND_LEFT_OUT_REASONS } from './kind-reasons';
import type { FilePlace, KindStep } from './kind-step';
import { valueTypeOf, type RoleKind } from './kinds';
import { TranslatedPool, feedbackTypeOf } from './label-pool';
import { NumberCell, TextCell, TimeCell, type RoleCell } from './role-cells';

/** A dictionary with more entries than this share of the rows is not worth sending along with them. */
const MOST_DICTIONARY_SHARE = 0.25;

interface LabelPool {
  of(pool: StringPool): StringPool;
}

/** Turns the rows of a collector into batches of its table and of account_ids. */
export class KindBatches {
  readonly accounts: AccountNumbers;
  readonly #collector: KindCollector;
  readonly #mapping: KindMapping;
  readonly #place: FilePlace;
  readonly #accountKeys = new Int32Array(BATCH_ROWS);
  readonly #sourceFiles: Int32Array;
  readonly #labels = new Map<RoleCell, LabelPool>();
  #layout: readonly KindColumn[] = [];
  #accountsSent = 0;

  /** `collector` is filled by others, up to BATCH_ROWS rows at a time. */
  constructor(collector: KindCollector, mapping: KindMapping, place: FilePlace) {
    this.#collector = collector;
    this.#mapping = mapping;
    this.#place = place;
    this.accounts = new AccountNumbers(collector.people.length);
    this.#sourceFiles = new Int32Array(BATCH_ROWS).fill(place.sourceFile);
    for (const cell of collector.cells) {
      if (valueTypeOf(cell.role) !== 'label') continue;
      const isType = cell.role === 'feedbackType';
      this.#labels.set(cell, isType ? new TranslatedPool(feedbackTypeOf) : new NormalisedPool());
    }
  }

  /** The steps for the rows there are, which may be filled anew then. */
  flush(): KindStep[] {
    const collector = this.#collector;
    const { rows } = collector;
    if (rows === 0) return [];
    const table = TABLE_OF_KIND[this.#mapping.kind];
    const columns = this.#columns();
    const layout = layoutOf(columns);
    const steps: KindStep[] = [];
    if (!isAlike(layout, this.#layout)) steps.push({ kind: 'layout', table, columns: layout });
    this.#layout = layout;
    steps.push({ kind: 'batch', batch: { table, rows, ipc: encodeBatch(columns, rows) } }, ...this.#idSteps());
    collector.restart();
    return steps;
  }

  /** The layout of a table that gets no rows. */
  layoutStep(): KindStep {
    return { kind: 'layout', table: TABLE_OF_KIND[this.#mapping.kind], columns: layoutOf(this.#columns()) };
  }

  #columns(): Record<string, BatchColumn> {
    const collector = this.#collector;
    const columns: Record<string, BatchColumn> = {};
    if (collector.people.length > 0) {
      const codes = collector.people.map(({ column }) => column.codes());
      this.accounts.number(codes, collector.rows, this.#accountKeys);
      columns['account_key'] = { kind: 'integer', values: shifted(this.#accountKeys, collector.rows, this.#place) };
    }
    for (const cell of collector.cells) {
      const name = COLUMN_OF_ROLE[cell.role];
      if (name !== undefined) columns[name] = this.#columnOf(cell);
    }
    const { wideNames, values } = collector;
    if (wideNames !== null)
      columns['series'] = { kind: 'label', codes: wideNames.codes(), pool: wideNames.dictionary.pool() };
    if (values !== null) columns['value'] = { kind: 'decimal', words: values.words, scale: values.scale };
    const { feedbackType } = this.#mapping;
    if (feedbackType !== undefined && feedbackType !== null && !('type' in columns)) {
      columns['type'] = { kind: 'label', codes: new Int32Array(collector.rows), pool: poolOfTexts([feedbackType]) };
    }
    columns['source_file'] = { kind: 'integer', values: this.#sourceFiles };
    columns['source_row'] = { kind: 'integer', values: collector.sourceRows };
    if (isPartOfOrders(this.#mapping.kind)) columns['source_line'] = { kind: 'integer', values: collector.sourceLines };
    return columns;
  }

  #columnOf(cell: RoleCell): BatchColumn {
    if (cell instanceof TimeCell) return { kind: 'time', words: cell.words };
    if (cell instanceof NumberCell) return { kind: 'decimal', words: cell.column.words, scale: cell.column.scale };
    if (!(cell instanceof TextCell)) throw new RangeError(`invalid cell: ${cell.role}`);
    const { column } = cell;
    const { dictionary } = column;
    const pool = this.#labels.get(cell)?.of(dictionary.pool()) ?? dictionary.pool();
    const isFew = dictionary.count <= MOST_DICTIONARY_SHARE * this.#collector.rows;
    return { kind: isFew ? 'label' : 'text', codes: column.codes(), pool };
  }

  /** The ids of the accounts that the batch names first. */
  #idSteps(): KindStep[] {
    const from = this.#accountsSent;
    this.#accountsSent = this.accounts.count;
    return this.#collector.people.flatMap(({ role, column }, kind): KindStep[] => {
      const codes = this.accounts.ids(kind, from);
      const known = codes.reduce((count, code) => count + (code === NO_CODE ? 0 : 1), 0);
      if (known === 0) return [];
      const keys = new Int32Array(known);
      const values = new Int32Array(known);
      let next = 0;
      codes.forEach((code, i) => {
        if (code === NO_CODE) return;
        keys[next] = this.#place.firstAccountKey + from + i;
        values[next++] = code;
      });
      const columns: Record<string, BatchColumn> = {
        account_key: { kind: 'integer', values: keys },
        kind: { kind: 'label', codes: new Int32Array(known), pool: poolOfTexts([role]) },
        value: { kind: 'text', codes: values, pool: column.dictionary.pool() },
      };
      return [{ kind: 'batch', batch: { table: 'account_ids', rows: known, ipc: encodeBatch(columns, known) } }];
    });
  }
}

/** Rows whose other half may be missing are left out by the engine, which has to say where they stood. */
function isPartOfOrders(kind: RoleKind): boolean {
  return kind === 'order-lines' || kind === 'order-heads';
}

function shifted(accounts: Int32Array, rows: number, { firstAccountKey }: FilePlace): Int32Array {
  return accounts.subarray(0, rows).map((account) => (account === NO_CODE ? NO_CODE : account + firstAccountKey));
}

function layoutOf(columns: Readonly<Record<string, BatchColumn>>): readonly KindColumn[] {
  return Object.entries(columns).map(([name, column]) => {
    switch (column.kind) {
      case 'decimal':
        return { name, type: 'decimal', scale: column.scale };
      case 'integer':
      case 'time':
        return { name, type: column.kind, scale: 0 };
      default:
        return { name, type: 'text', scale: 0 };
    }
  });
}

function isAlike(layout: readonly KindColumn[], before: readonly KindColumn[]): boolean {
  return layout.length === before.length && layout.every(({ scale }, i) => scale === before[i]?.scale);
}

/** The rows left out, batch by batch; `columnNames` are those of the file's columns. */
export function* leftOutSteps(
  rows: LeftOutRows,
  columnNames: readonly string[],
  sourceFile: number,
): Generator<KindStep> {
  const reasons = poolOfTexts(KIND_LEFT_OUT_REASONS);
  // Code 0 is the name of no column; a cell too many is of none either.
  const names = poolOfTexts(['', ...columnNames]);
  const columnCodes = rows.columns.map((column) => (column < columnNames.length ? column + 1 : 0));
  for (let from = 0; from < rows.lines.length; from += BATCH_ROWS) {
    const to = Math.min(from + BATCH_ROWS, rows.lines.length);
    const texts = ({ bytes, starts }: StringPool): BatchColumn => ({
      kind: 'strings',
      pool: { bytes, starts: starts.subarray(from, to + 1) },
    });
    const columns: Record<string, BatchColumn> = {
      source_file: { kind: 'integer', values: new Int32Array(to - from).fill(sourceFile) },
      line: { kind: 'integer', values: rows.lines.subarray(from, to) },
      reason: { kind: 'label', codes: rows.reasons.subarray(from, to), pool: reasons },
      column_name: { kind: 'label', codes: columnCodes.subarray(from, to), pool: names },
      value: texts(rows.values),
      raw: texts(rows.raws),
    };
    yield { kind: 'batch', batch: { table: 'left_out_rows', rows: to - from, ipc: encodeBatch(columns, to - from) } };
  }
}
