import { AppError } from '../../core/errors';
import { ident, sql } from '../../core/sql';
import type { Db } from '../../db/db';
import { CANONICAL_TABLES, createFixedTables, createOrderLines, type TableLayout } from '../../db/schema';
import type { ImportReport } from '../file-preview';
import type { OrderFates } from '../excerpt/row-cut';
import type { ImportResult, ReadingOptions } from '../import-contract';
import { loadSteps } from '../load-steps';
import { orderAccountIds } from './customers.sql';
import { headMapping, type FactsPlan, type OrdersPlan } from './dataset-files';
import type { FileReport, JoinFigures, Numbered } from './dataset-contract';
import { dropJoined, joinFigures, joinLines, joinedLayout } from './join-lines.sql';
import { joinParts, loadPart, widestColumns, type LoadedPart } from './load-part';
import { mergeOrders, mergedLayout, numberOnlyFile, type OrdersPart } from './merge-orders.sql';
import { combinedReport, joinedReport } from './orders-report';
import { INCOMING, partSuffix } from './part-names';
import type { SourceReader } from './source-reader';

export interface AssembledOrders {
  readonly layout: TableLayout;
  readonly report: ImportReport | null;
  readonly files: readonly FileReport[];
  readonly join: JoinFigures | null;
  /** Accounts so far; the next one has this key. */
  readonly accounts: number;
  /** True when customers and accounts are made already. */
  readonly isLinked: boolean;
  /** What became of the orders of each file, where the cut notes it. */
  readonly fates: readonly OrderFates[];
}

interface Work {
  readonly db: Db;
  readonly reader: SourceReader;
  readonly orders: readonly Numbered<OrdersPlan>[];
  /** Files of order lines, whose heads are the orders. */
  readonly items: readonly Numbered<FactsPlan>[];
  /** Nothing but this one file: its lines need no number of a file, its accounts no further names. */
  readonly isAlone: boolean;
  /** How a file is read; `fates` are those of the orders that its rows may name. */
  readonly optionsOf: (file: number, fates?: readonly OrderFates[]) => ReadingOptions;
}

const NO_ORDERS: TableLayout = {
  moneyScale: 2,
  quantityScale: 0,
  hasOrderId: false,
  hasProduct: false,
  hasQuantity: false,
  labels: [],
};

/** Fills the incoming tables of orders from their files; see importDataset. */
export async function assembleOrders(work: Work): Promise<AssembledOrders> {
  const { db, orders, items, optionsOf } = work;
  const { signal } = optionsOf(0);
  if (items.length > 0) return assembleJoined(work);
  if (orders.length === 0) {
    await createEmpty(db, signal);
    await db.exec(createOrderLines(NO_ORDERS, INCOMING), { signal });
    return { layout: NO_ORDERS, report: null, files: [], join: null, accounts: 0, isLinked: true, fates: [] };
  }
  return assembleWhole(work);
}

/** Files of orders that hold their own lines. */
async function assembleWhole({ db, reader, orders, isAlone, optionsOf }: Work): Promise<AssembledOrders> {
  const { signal } = optionsOf(0);
  const parts: OrdersPart[] = [];
  const results: ImportResult[] = [];
  let accounts = 0;
  for (const order of orders) {
    const result = await loadOrders(db, reader, order, optionsOf);
    const firstAccountKey = accounts;
    const heads = await loadHeads(db, reader, order, firstAccountKey, optionsOf);
    accounts += heads?.report.accounts ?? result.report.customers;
    if (heads === null && !isAlone)
      await db.exec(orderAccountIds(partSuffix(order.number), firstAccountKey, order.plan.customerRole), { signal });
    parts.push({
      file: order.number,
      layout: result.layout,
      firstAccountKey,
      heads: heads === null ? null : heads.table + partSuffix(order.number),
    });
    results.push(result);
  }
  const files = orders.map(({ number }, i): FileReport => {
    return { file: number, kind: 'orders', report: (results[i] as ImportResult).report };
  });
  const layout = mergedLayout(parts);
  const [only] = parts;
  const isLinked = parts.length === 1 && only?.heads === null;
  await keepLeftOut(db, parts, signal);
  if (only !== undefined && parts.length === 1) {
    for (const name of CANONICAL_TABLES) {
      await db.exec(sql`ALTER TABLE ${ident(name + partSuffix(only.file))} RENAME TO ${ident(name + INCOMING)}`, {
        signal,
      });
    }
    if (!isAlone) for (const statement of numberOnlyFile(only)) await db.exec(statement, { signal });
  } else {
    await createEmpty(db, signal);
    for (const statement of mergeOrders(parts, layout)) await db.exec(statement, { signal });
    for (const part of parts) {
      await db.exec(
        sql`INSERT INTO ${ident(`left_out${INCOMING}`)} SELECT * FROM ${ident(`left_out${partSuffix(part.file)}`)}`,
        { signal },
      );
      for (const name of [...CANONICAL_TABLES, 'order_heads']) {
        await db.exec(sql`DROP TABLE IF EXISTS ${ident(name + partSuffix(part.file))}`, { signal });
      }
    }
  }
  const report = isLinked
    ? (results[0] as ImportResult).report
    : await combinedReport(
        db,
        results.map((result) => result.report),
        { signal },
      );
  const fates = results.flatMap((result) => result.fates ?? []);
  return { layout, report, files, join: null, accounts, isLinked, fates };
}

async function loadOrders(
  db: Db,
  reader: SourceReader,
  { file, plan, number }: Numbered<OrdersPlan>,
  optionsOf: Work['optionsOf'],
): Promise<ImportResult> {
  const options = optionsOf(number);
  for (const statement of createFixedTables(partSuffix(number))) await db.exec(statement, options);
  const source = await reader.openOrders(file.blob, file.name, plan.mapping, options);
  try {
    return await loadSteps(db, () => source.next(), partSuffix(number), options);
  } finally {
    source.close();
  }
}

/** The second reading of a file in which several columns say who ordered; null for every other file. */
async function loadHeads(
  db: Db,
  reader: SourceReader,
  order: Numbered<OrdersPlan>,
  firstAccountKey: number,
  optionsOf: Work['optionsOf'],
): Promise<LoadedPart | null> {
  return order.plan.people.length === 0 ? null : loadAsHeads(db, reader, order, firstAccountKey, optionsOf);
}

async function loadAsHeads(
  db: Db,
  reader: SourceReader,
  { file, plan, number }: Numbered<OrdersPlan>,
  firstAccountKey: number,
  optionsOf: Work['optionsOf'],
): Promise<LoadedPart> {
  const options = optionsOf(number);
  const place = { sourceFile: number, firstAccountKey };
  const source = await reader.openKind(file.blob, file.name, headMapping(plan), place, options);
  try {
    return await loadPart(db, () => source.next(), number, options);
  } finally {
    source.close();
  }
}

/** Files of orders whose lines stand in others. */
async function assembleJoined({ db, reader, orders, items, optionsOf }: Work): Promise<AssembledOrders> {
  const { signal } = optionsOf(0);
  if (orders.some(({ plan }) => !plan.mapping.columns.some(({ role }) => role === 'orderId'))) {
    throw new AppError('mapping-incomplete', { missing: 'order' });
  }
  const heads: LoadedPart[] = [];
  let accounts = 0;
  for (const order of orders) {
    const part = await loadAsHeads(db, reader, order, accounts, optionsOf);
    accounts += part.report.accounts;
    heads.push(part);
  }
  const fates = heads.flatMap((head) => head.fates ?? []);
  const lines: LoadedPart[] = [];
  for (const { file, plan, number } of items) {
    const place = { sourceFile: number, firstAccountKey: accounts };
    const source = await reader.openKind(file.blob, file.name, plan.mapping, place, optionsOf(number, fates));
    try {
      lines.push(await loadPart(db, () => source.next(), number, { signal }));
    } finally {
      source.close();
    }
  }
  await joinParts(db, 'order_heads', heads, { signal });
  await joinParts(db, 'order_items', lines, { signal });
  const layout = joinedLayout(widestColumns(heads), widestColumns(lines));
  await createEmpty(db, signal);
  for (const statement of joinLines(layout)) await db.exec(statement, { signal });
  const join = await readFigures(db, signal);
  await db.exec(
    sql`INSERT INTO ${ident(`left_out${INCOMING}`)} SELECT line, reason, column_name, value, raw FROM ${ident(`left_out_rows${INCOMING}`)}`,
    { signal },
  );
  const report = await joinedReport(db, heads, lines, join, { signal });
  for (const statement of dropJoined()) await db.exec(statement, { signal });
  const files = [...heads, ...lines].map(({ file, report }): FileReport => ({ file, kind: report.kind, report }));
  return { layout, report, files, join, accounts, isLinked: false, fates };
}

async function readFigures(db: Db, signal: AbortSignal | undefined): Promise<JoinFigures> {
  const [row] = await db.query(
    joinFigures(),
    {
      items: 'integer',
      items_without_order: 'integer',
      orders: 'integer',
      orders_without_items: 'integer',
      orders_with_both: 'integer',
      orders_that_agree: 'integer',
    },
    { signal },
  );
  if (row === undefined) throw new RangeError('invalid figures: no row');
  return {
    items: row.items,
    itemsWithoutOrder: row.items_without_order,
    orders: row.orders,
    ordersWithoutItems: row.orders_without_items,
    ordersWithBoth: row.orders_with_both,
    ordersThatAgree: row.orders_that_agree,
  };
}

/** Every table of orders, empty, for those that nothing fills. */
async function createEmpty(db: Db, signal: AbortSignal | undefined): Promise<void> {
  for (const statement of createFixedTables(INCOMING)) await db.exec(statement, { signal });
}

/** Notes the left-out rows of orders with the number of their file. */
async function keepLeftOut(db: Db, parts: readonly OrdersPart[], signal: AbortSignal | undefined): Promise<void> {
  for (const { file } of parts) {
    // A second reading of the file leaves the same rows out again.
    await db.exec(sql`DELETE FROM ${ident(`left_out_rows${INCOMING}`)} WHERE source_file = ${file}`, { signal });
    await db.exec(
      sql`INSERT INTO ${ident(`left_out_rows${INCOMING}`)} SELECT CAST(${file} AS INTEGER), * FROM ${ident(`left_out${partSuffix(file)}`)}`,
      { signal },
    );
  }
}
