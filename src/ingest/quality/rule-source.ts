import { ident, join, sql, type Sql } from '../../core/sql';
import { columnName } from '../staging/staging-contract';
import { numberOf, timeOf, withPlain } from './cell-values.sql';
import type { QualityColumn, QualityTable } from './column-quality';

/** Thrown for a rule that cannot be checked here: a column is not in the file, or the expression is none. */
export class RuleUnfit extends Error {
  readonly reason: 'no-column' | 'no-file' | 'bad-expression';
  readonly what: string;

  constructor(reason: RuleUnfit['reason'], what: string) {
    super(`${reason}: ${what}`);
    this.reason = reason;
    this.what = what;
  }
}

/**
 * A table as a rule reads it: the columns it asks for by name, and, once it has asked for all, the rows to
 * read them from. What is read out of a cell is worked out once a row.
 */
export class RuleSource {
  readonly #table: QualityTable;
  readonly #plain = new Set<QualityColumn>();
  readonly #numbers = new Set<QualityColumn>();
  readonly #times = new Set<QualityColumn>();

  constructor(table: QualityTable) {
    this.#table = table;
  }

  column(name: string): QualityColumn {
    const column = this.#table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) throw new RuleUnfit('no-column', name);
    return column;
  }

  /** As written; NULL for a gap. */
  cell(name: string): Sql {
    return ident(columnName(this.column(name).index));
  }

  /** What two cells of one id have in common: all but the blanks around it. */
  key(name: string): Sql {
    return sql`trim(${this.cell(name)})`;
  }

  plain(name: string): Sql {
    const column = this.column(name);
    this.#plain.add(column);
    return place('plain', column);
  }

  number(name: string): Sql {
    const column = this.column(name);
    this.#plain.add(column);
    this.#numbers.add(column);
    return place('number', column);
  }

  time(name: string): Sql {
    const column = this.column(name);
    this.#plain.add(column);
    this.#times.add(column);
    return place('time', column);
  }

  /** The rows with everything asked for so far, for FROM. */
  rows(): Sql {
    const plain = withPlain(
      ident(this.#table.table),
      [...this.#plain].map((column) => ({ cell: ident(columnName(column.index)), plain: place('plain', column) })),
    );
    const read = [
      ...[...this.#numbers].map(
        (column) =>
          sql`${numberOf(place('plain', column), column.numberFormat ?? 'point')} AS ${place('number', column)}`,
      ),
      ...[...this.#times].map((column) => sql`${this.#timeOf(column)} AS ${place('time', column)}`),
    ];
    return read.length === 0 ? plain : sql`(SELECT *, ${join(read)} FROM ${plain})`;
  }

  #timeOf(column: QualityColumn): Sql {
    return timeOf(place('plain', column), {
      timeFormat: column.timeFormat ?? 'ymd',
      numberFormat: column.numberFormat ?? 'point',
      zoneOffsetMinutes: this.#table.zoneOffsetMinutes,
    });
  }
}

function place(what: 'plain' | 'number' | 'time', { index }: QualityColumn): Sql {
  return ident(`${what}_${index}`);
}
