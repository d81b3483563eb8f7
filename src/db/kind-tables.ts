import { ident, join, sql, type Sql } from '../core/sql';
import { decimal } from './schema';

/** How a column of these tables is kept. A decimal is DECIMAL(18, s) with the scale the data needs. */
export type KindColumnType = 'integer' | 'time' | 'decimal' | 'text';

const SOURCE = { source_file: 'integer', source_row: 'integer' } as const;
/** The line as well, for rows that may turn out to belong to nothing. */
const SOURCE_LINE = { ...SOURCE, source_line: 'integer' } as const;

/**
 * The tables beside the orders, with every column they may have; one that no file gives is NULL in every
 * row. `source_file` is the number of the file in its dataset, `source_row` the number of the record among
 * those of the file, both as in the file of orders. `account_key` is NULL on rows that name nobody.
 * `order_items` and `order_heads` are the parts of orders that stand in two files; no analysis reads them.
 */
export const KIND_TABLES = {
  members: {
    account_key: 'integer',
    name: 'text',
    gender: 'text',
    birthday: 'time',
    age: 'decimal',
    city: 'text',
    province: 'text',
    level: 'text',
    points: 'decimal',
    balance: 'decimal',
    registered_at: 'time',
    registration_channel: 'text',
    store: 'text',
    occupation: 'text',
    income: 'text',
    ...SOURCE,
  },
  product_facts: {
    product_id: 'text',
    product_name: 'text',
    category: 'text',
    subcategory: 'text',
    brand: 'text',
    list_price: 'decimal',
    cost: 'decimal',
    season: 'text',
    launched_at: 'time',
    ...SOURCE,
  },
  events: {
    account_key: 'integer',
    occurred_at: 'time',
    event: 'text',
    page: 'text',
    product_id: 'text',
    category: 'text',
    channel: 'text',
    session: 'text',
    campaign: 'text',
    duration: 'decimal',
    amount: 'decimal',
    ...SOURCE,
  },
  feedback: {
    account_key: 'integer',
    given_at: 'time',
    type: 'text',
    score: 'decimal',
    scale: 'decimal',
    text: 'text',
    topic: 'text',
    channel: 'text',
    status: 'text',
    resolved_at: 'time',
    order_id: 'text',
    product_id: 'text',
    ...SOURCE,
  },
  external_series: { starts_at: 'time', ends_at: 'time', series: 'text', value: 'decimal', ...SOURCE },
  order_items: {
    order_id: 'text',
    product_id: 'text',
    product_name: 'text',
    category: 'text',
    brand: 'text',
    list_price: 'decimal',
    quantity: 'decimal',
    unit_price: 'decimal',
    amount: 'decimal',
    ...SOURCE_LINE,
  },
  order_heads: {
    account_key: 'integer',
    order_id: 'text',
    occurred_at: 'time',
    amount: 'decimal',
    refund_amount: 'decimal',
    channel: 'text',
    store: 'text',
    payment: 'text',
    city: 'text',
    status: 'text',
    ...SOURCE_LINE,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, KindColumnType>>>>;
export type KindTable = keyof typeof KIND_TABLES;

/** Tables beside those of the kinds: who the accounts are, and the rows that are in no table. */
export const ROOM_TABLES = ['account_ids', 'left_out_rows'] as const;
export type RoomTable = (typeof ROOM_TABLES)[number];

/** A column that a file gives, with the digits after the point that its numbers need, 0..6. */
export interface KindColumn {
  readonly name: string;
  readonly type: KindColumnType;
  readonly scale: number;
}

function columnType({ type, scale }: Pick<KindColumn, 'type' | 'scale'>): Sql {
  switch (type) {
    case 'integer':
      return sql`INTEGER`;
    case 'time':
      return sql`TIMESTAMP`;
    case 'decimal':
      return decimal(scale);
    case 'text':
      return sql`VARCHAR`;
  }
}

/** A table of the columns that one file gives. */
export function createKindTable(name: string, columns: readonly KindColumn[]): Sql {
  const parts = columns.map((column) => sql`${ident(column.name)} ${columnType(column)}`);
  return sql`CREATE OR REPLACE TABLE ${ident(name)} (${join(parts)})`;
}

/** Gives the numbers of a table the scales of the columns. Exact as long as scales only grow. */
export function widenKindTable(name: string, columns: readonly KindColumn[]): readonly Sql[] {
  return columns
    .filter(({ type }) => type === 'decimal')
    .map((column) => sql`ALTER TABLE ${ident(name)} ALTER ${ident(column.name)} TYPE ${columnType(column)}`);
}

/** Adds the columns of the kind that no file gives. */
export function completeKindTable(table: KindTable, name: string): readonly Sql[] {
  return Object.entries(KIND_TABLES[table]).map(
    ([column, type]) =>
      sql`ALTER TABLE ${ident(name)} ADD COLUMN IF NOT EXISTS ${ident(column)} ${columnType({ type, scale: 0 })}`,
  );
}

/** An account_ids row says that an account is known by a value of a kind, as written in its file. */
export function createRoomTables(suffix: string): readonly Sql[] {
  const table = (name: RoomTable): Sql => ident(name + suffix);
  return [
    sql`CREATE OR REPLACE TABLE ${table('account_ids')} (account_key INTEGER, kind VARCHAR, value VARCHAR)`,
    sql`CREATE OR REPLACE TABLE ${table('left_out_rows')} (source_file INTEGER, line INTEGER, reason VARCHAR, column_name VARCHAR, value VARCHAR, raw VARCHAR)`,
  ];
}
