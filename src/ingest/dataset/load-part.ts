import { sql } from '../../core/sql';
import type { Db } from '../../db/db';
import {
  completeKindTable,
  createKindTable,
  widenKindTable,
  type KindColumn,
  type KindTable,
} from '../../db/kind-tables';
import { ident, join } from '../../core/sql';
import type { OrderFates } from '../excerpt/row-cut';
import type { ImportOptions } from '../import-contract';
import type { KindReport, KindStep } from '../kinds/kind-step';
import { stepsAhead } from '../steps-ahead';
import { INCOMING, partSuffix } from './part-names';

/** A file that is in the engine, in a table of its own. */
export interface LoadedPart {
  readonly file: number;
  readonly table: KindTable;
  readonly columns: readonly KindColumn[];
  readonly report: KindReport;
  /** What became of its orders, where the cut notes it. */
  readonly fates: OrderFates | null;
}

/** Fills the table of one file; what is known of its accounts and its left-out rows goes to the incoming tables of all. */
export async function loadPart(
  db: Db,
  pull: () => Promise<KindStep | null>,
  file: number,
  { signal }: ImportOptions,
): Promise<LoadedPart> {
  let table: KindTable | undefined;
  let columns: readonly KindColumn[] = [];
  let report: KindReport | undefined;
  let fates: OrderFates | null = null;
  const nameOf = (name: string): string => (name === table ? name + partSuffix(file) : name + INCOMING);
  for await (const step of stepsAhead(pull)) {
    switch (step.kind) {
      case 'layout': {
        const isFirst = table === undefined;
        ({ table, columns } = step);
        const statements = isFirst ? [createKindTable(nameOf(table), columns)] : widenKindTable(nameOf(table), columns);
        for (const statement of statements) await db.exec(statement, { signal });
        break;
      }
      case 'batch':
        await db.append(nameOf(step.batch.table), step.batch.ipc, { signal });
        break;
      case 'result':
        ({ report, fates } = step);
    }
  }
  if (table === undefined || report === undefined) throw new RangeError('invalid reading: it ended without a result');
  return { file, table, columns, report, fates };
}

/** Puts the tables of the files of one kind into one, `<table>_incoming`, in the order of the files; their own are gone then. */
export async function joinParts(
  db: Db,
  table: KindTable,
  parts: readonly LoadedPart[],
  options: ImportOptions,
): Promise<void> {
  const { signal } = options;
  const name = table + INCOMING;
  const names = parts.map(({ file }) => table + partSuffix(file));
  const [only] = names;
  if (only !== undefined && names.length === 1) {
    await db.exec(sql`ALTER TABLE ${ident(only)} RENAME TO ${ident(name)}`, { signal });
  } else if (names.length > 1) {
    const widest = widestColumns(parts);
    for (const [i, part] of parts.entries()) {
      const own = widest.filter((column) => part.columns.some((each) => each.name === column.name));
      for (const statement of widenKindTable(names[i] ?? '', own)) await db.exec(statement, { signal });
    }
    const selects = names.map((each) => sql`SELECT * FROM ${ident(each)}`);
    await db.exec(sql`CREATE OR REPLACE TABLE ${ident(name)} AS ${join(selects, sql` UNION ALL BY NAME `)}`, {
      signal,
    });
    for (const each of names) await db.exec(sql`DROP TABLE ${ident(each)}`, { signal });
  } else {
    await db.exec(createKindTable(name, [{ name: 'source_file', type: 'integer', scale: 0 }]), { signal });
  }
  for (const statement of completeKindTable(table, name)) await db.exec(statement, { signal });
}

/** Every column of the parts, with the most digits after the point that one of them needs. */
export function widestColumns(parts: readonly Pick<LoadedPart, 'columns'>[]): readonly KindColumn[] {
  const widest = new Map<string, KindColumn>();
  for (const column of parts.flatMap(({ columns }) => columns)) {
    const known = widest.get(column.name);
    if (known === undefined || known.scale < column.scale) widest.set(column.name, column);
  }
  return [...widest.values()];
}
