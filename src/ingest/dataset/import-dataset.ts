import { AppError, isAppError, throwIfAborted } from '../../core/errors';
import { ident, sql } from '../../core/sql';
import type { Db } from '../../db/db';
import { createRoomTables } from '../../db/kind-tables';
import { WHOLE } from '../excerpt/excerpt';
import { cutOf, namesOrders, type OrderFates } from '../excerpt/row-cut';
import type { ReadingOptions } from '../import-contract';
import type { PersonRole } from '../kinds/kinds';
import { linkAccounts, renameIds, sharedIds } from './customers.sql';
import type { DatasetFile, FactsPlan, OrdersPlan } from './dataset-files';
import { joinParts, loadPart, type LoadedPart } from './load-part';
import { INCOMING } from './part-names';
import { assembleOrders } from './assemble-orders';
import type { DatasetOptions, DatasetResult, FileReport, Numbered } from './dataset-contract';
import type { SourceReader } from './source-reader';
import { dropUnfinished, swapDataset } from './swap-dataset';

/** So many of the values of one kind must stand as the other for the two to be one. */
const SAME_NUMBERS = 0.5;

/**
 * Imports all files of a dataset, the orders first: fills new tables beside those of the dataset before,
 * links accounts to customers by their strongest id, and puts all tables in their place in one
 * transaction. When it fails or is cancelled, the new tables are dropped and the old ones are as before.
 * Throws the errors of the readers, with the file's name, `mapping-incomplete`, and `excerpt-empty` when
 * nothing of the orders is in the excerpt.
 *
 * Cost: one reading of each file (two of a file of orders in which several columns say who ordered), and
 * where orders come from several files a join over all their lines.
 */
export async function importDataset(
  db: Db,
  reader: SourceReader,
  files: readonly DatasetFile[],
  options: DatasetOptions = {},
): Promise<DatasetResult> {
  const { signal } = options;
  try {
    await dropUnfinished(db);
    for (const statement of createRoomTables(INCOMING)) await db.exec(statement, { signal });
    const result = await fill(db, reader, files, options);
    throwIfAborted(signal);
    await swapDataset(db);
    return result;
  } catch (error) {
    // A dead engine took its tables along; asking it to drop them would only start a new one.
    if (!isAppError(error) || error.code !== 'engine-lost') await dropUnfinished(db).catch(ignore);
    throw error;
  }
}

async function fill(
  db: Db,
  reader: SourceReader,
  files: readonly DatasetFile[],
  options: DatasetOptions,
): Promise<DatasetResult> {
  const { signal } = options;
  const orders: Numbered<OrdersPlan>[] = [];
  const facts: Numbered<FactsPlan>[] = [];
  files.forEach((file, number) => {
    if (file.plan.kind === 'orders') orders.push({ file, plan: file.plan, number });
    else facts.push({ file, plan: file.plan, number });
  });
  const { excerpt = WHOLE } = options;
  const notesOrders = facts.some(({ plan }) => namesOrders(plan));
  const optionsOf = (number: number, fates: readonly OrderFates[] = []): ReadingOptions => {
    const plan = files[number]?.plan;
    const cut =
      plan === undefined ? null : cutOf(plan, excerpt, orders[0]?.plan.customerRole ?? 'customer', notesOrders);
    return {
      signal,
      onProgress: (progress) => options.onProgress?.({ ...progress, file: number, files: files.length }),
      cut: cut === null ? null : { ...cut, fates },
    };
  };
  const items = facts.filter(({ plan }) => plan.kind === 'order-lines');
  const others = facts.filter(({ plan }) => plan.kind !== 'order-lines');
  if (orders.length === 0 && items.length > 0) throw new AppError('mapping-incomplete', { missing: 'order' });
  const isAlone = files.length === 1 && orders[0]?.plan.people.length === 0;
  const assembled = await assembleOrders({ db, reader, orders, items, isAlone, optionsOf });
  if (assembled.report?.rowsUsed === 0) throw new AppError('excerpt-empty', { rows: assembled.report.rowsRead });
  if (isAlone) await db.exec(sql`DROP TABLE ${ident(`account_ids${INCOMING}`)}`, { signal });

  let nextAccountKey = assembled.accounts;
  const parts: LoadedPart[] = [];
  for (const { file, plan, number } of others) {
    const place = { sourceFile: number, firstAccountKey: nextAccountKey };
    const source = await reader.openKind(file.blob, file.name, plan.mapping, place, optionsOf(number, assembled.fates));
    try {
      const part = await loadPart(db, () => source.next(), number, { signal });
      nextAccountKey += part.report.accounts;
      parts.push(part);
    } finally {
      source.close();
    }
  }
  for (const table of new Set(parts.map((part) => part.table))) {
    await joinParts(
      db,
      table,
      parts.filter((part) => part.table === table),
      { signal },
    );
  }
  const hasOtherPeople = parts.some(({ report }) => report.accounts > 0);
  const renamed = hasOtherPeople || orders.length > 1 ? await unifyNumbers(db, options) : null;
  // A single file of orders already has its customers and accounts.
  if (hasOtherPeople || !assembled.isLinked)
    for (const statement of linkAccounts()) await db.exec(statement, { signal });
  const reports: FileReport[] = [
    ...assembled.files,
    ...parts.map(({ file, report }): FileReport => ({ file, kind: report.kind, report })),
  ];
  return {
    layout: assembled.layout,
    report: assembled.report === null ? null : { ...assembled.report, customers: await countCustomers(db, options) },
    files: reports.toSorted((a, b) => a.file - b.file),
    excerpt,
    join: assembled.join,
    renamed,
  };
}

/** Customers with an order, which is fewer than all where other files name more. */
async function countCustomers(db: Db, { signal }: DatasetOptions): Promise<number> {
  const [row] = await db.query(
    sql`SELECT count(DISTINCT customer_key) AS customers FROM ${ident(`accounts${INCOMING}`)}
WHERE account_key IN (SELECT account_key FROM ${ident(`order_lines${INCOMING}`)})`,
    { customers: 'integer' },
    { signal },
  );
  return row?.customers ?? 0;
}

/** Customer numbers and member numbers that are the same ones in different files become one kind. */
async function unifyNumbers(db: Db, { signal }: DatasetOptions): Promise<DatasetResult['renamed']> {
  const share = async (kind: PersonRole, other: PersonRole): Promise<number> => {
    const [row] = await db.query(sharedIds(kind, other), { ids: 'integer', shared: 'integer' }, { signal });
    return row === undefined || row.ids === 0 ? 0 : row.shared / row.ids;
  };
  const [customers, members] = [await share('customer', 'member'), await share('member', 'customer')];
  if (Math.max(customers, members) < SAME_NUMBERS) return null;
  await db.exec(renameIds('customer', 'member'), { signal });
  return { from: 'customer', to: 'member' };
}

function ignore(): void {
  // The first error is the one that is reported.
}
