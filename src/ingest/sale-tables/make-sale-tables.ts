import { isCancel } from '../../core/errors';
import { sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { TableLayout } from '../../db/schema';
import { columnsOf } from '../identity/pairs.sql';
import type { Policy } from '../import-contract';
import { ATTRIBUTE_COUNTS, countAttributes, createCustomerAttributes, textsWith } from './customer-attributes.sql';
import {
  countProductFacts,
  createLabelType,
  createSaleLines,
  createSaleProducts,
  dropSaleLines,
  FACT_LABELS,
  labelsOf,
} from './sale-lines.sql';
import type { AttributeColumns, LineColumns, SaleTables } from './sale-tables';

/** What the tables are made by: they are others as soon as `revision` is. */
export interface SaleTableSource {
  readonly policy: Policy;
  readonly layout: TableLayout;
  readonly revision: number;
}

/** Makes the tables of SaleTables in the engine, each once a revision of the purchases. */
export function createSaleTables(db: Db, source: () => SaleTableSource | null): SaleTables {
  const made = new Map<'lines' | 'attributes', { readonly revision: number; readonly columns: Promise<unknown> }>();
  db.onLost(() => made.clear());

  async function once<T>(
    table: 'lines' | 'attributes',
    make: (source: SaleTableSource, options: CallOptions) => Promise<T>,
    options: CallOptions,
  ): Promise<T> {
    const wanted = source();
    if (wanted === null) throw new RangeError('invalid call: there is no dataset');
    const known = made.get(table);
    if (known?.revision === wanted.revision) {
      try {
        return (await known.columns) as T;
      } catch (error) {
        // Who asked first has thought better of it; who still waits makes the table.
        if (!isCancel(error) || options.signal?.aborted === true) throw error;
        return once(table, make, options);
      }
    }
    const columns = make(wanted, options);
    made.set(table, { revision: wanted.revision, columns });
    columns.catch(() => {
      if (made.get(table)?.columns === columns) made.delete(table);
    });
    return columns;
  }

  return {
    lines: (options = {}) => once('lines', (wanted, call) => makeLines(db, wanted, call), options),
    attributes: (options = {}) => once('attributes', (_, call) => makeAttributes(db, call), options),
  };
}

async function makeLines(db: Db, { policy, layout }: SaleTableSource, call: CallOptions): Promise<LineColumns> {
  await db.exec(dropSaleLines(), call);
  const facts =
    layout.hasProduct && (await columnNames(db, 'product_facts', call)).length > 0 ? await factsOf(db, call) : [];
  const sources = { layout, facts };
  if (facts.length > 0) await db.exec(createSaleProducts(), call);
  const labels = labelsOf(sources);
  for (const label of labels) await db.exec(createLabelType(label, sources), call);
  await db.exec(createSaleLines(policy, sources), call);
  await db.exec(sql`DROP TABLE IF EXISTS sale_products`, call);
  return { hasQuantity: layout.hasQuantity, hasProduct: layout.hasProduct, labels };
}

async function factsOf(db: Db, call: CallOptions) {
  const [counts] = await db.query(countProductFacts(), { category: 'integer', brand: 'integer' }, call);
  return FACT_LABELS.filter((label) => (counts?.[label] ?? 0) > 0);
}

async function makeAttributes(db: Db, call: CallOptions): Promise<AttributeColumns> {
  const hasProfiles = (await columnNames(db, 'customer_profiles', call)).length > 0;
  const memberColumns = await columnNames(db, 'members', call);
  await db.exec(createCustomerAttributes({ hasProfiles, memberColumns }), call);
  const [counts] = await db.query(countAttributes(), ATTRIBUTE_COUNTS, call);
  if (counts === undefined) throw new RangeError('invalid counts: no row');
  return {
    texts: textsWith(counts),
    hasBirthday: counts.birthday > 0,
    hasAge: counts.age > 0,
    hasRegisteredAt: counts.registered_at > 0,
  };
}

async function columnNames(db: Db, table: string, call: CallOptions): Promise<readonly string[]> {
  const rows = await db.query(columnsOf(table), { column_name: 'text' }, call);
  return rows.map(({ column_name }) => column_name);
}
