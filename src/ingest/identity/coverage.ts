import type { CallOptions, Db } from '../../db/db';
import * as statements from './coverage.sql';
import { SIGHTINGS, type Sighting } from './coverage.sql';
import { columnsOf } from './pairs.sql';

/** Orders and money of a part of the data, and how much of it has a known customer. */
export interface Coverage {
  /** The channel or month; '' for everything, or for orders that name no channel. */
  readonly label: string;
  readonly orders: number;
  readonly knownOrders: number;
  readonly revenue: number;
  readonly knownRevenue: number;
}

/** Customers who are seen in exactly these places. */
export interface SeenTogether<Place extends string = string> {
  readonly places: readonly Place[];
  readonly customers: number;
  /** What they paid; null where places are tables. */
  readonly revenue: number | null;
}

/** It depends on the lines alone, whoever is one customer. */
export interface OrderCoverage {
  readonly all: Coverage;
  /** Empty where orders name no channel. */
  readonly byChannel: readonly Coverage[];
  readonly byMonth: readonly Coverage[];
}

export interface IdentityCoverage extends OrderCoverage {
  readonly channels: readonly SeenTogether[];
  readonly tables: readonly SeenTogether<Sighting>[];
}

const MOST_SETS = 20;
const SEPARATOR = '\u001f';

/**
 * How much of the orders and of the money has a known customer, and who is seen in several places.
 * Cost: a GROUP BY over the lines each.
 *
 * @param orders the former part, where it has been read already
 */
export async function identityCoverage(
  db: Db,
  options: CallOptions = {},
  orders: OrderCoverage | Promise<OrderCoverage> = orderCoverage(db, options),
): Promise<IdentityCoverage> {
  const { all, byChannel, byMonth } = await orders;
  return {
    all,
    byChannel,
    byMonth,
    channels: byChannel.length > 0 ? await readChannels(db, options) : [],
    tables: await readTables(db, options),
  };
}

/** How much of the orders and of the money has a known customer. */
export async function orderCoverage(db: Db, options: CallOptions = {}): Promise<OrderCoverage> {
  const columns = await db.query(columnsOf('order_lines'), { column_name: 'text' }, options);
  const hasChannel = columns.some(({ column_name }) => column_name === 'channel');
  const rows = await db.query(statements.coverage(hasChannel), statements.COVERAGE_SHAPE, options);
  const partOf = (part: string): readonly Coverage[] =>
    rows
      .filter((row) => row.part === part)
      .map(({ label, orders, known_orders, revenue, known_revenue }) => ({
        label,
        orders,
        knownOrders: known_orders,
        revenue,
        knownRevenue: known_revenue,
      }));
  const [all] = partOf('all');
  if (all === undefined) throw new RangeError('invalid coverage: no row');
  return { all, byChannel: hasChannel ? partOf('channel') : [], byMonth: partOf('month') };
}

async function readChannels(db: Db, options: CallOptions): Promise<readonly SeenTogether[]> {
  const rows = await db.query(
    statements.channelsTogether(MOST_SETS),
    { channels: 'text', channel_count: 'integer', customers: 'integer', revenue: 'decimal' },
    options,
  );
  return rows.map(({ channels, customers, revenue }) => ({ places: channels.split(SEPARATOR), customers, revenue }));
}

async function readTables(db: Db, options: CallOptions): Promise<readonly SeenTogether<Sighting>[]> {
  const found = await db.query(statements.sightingTables(), { table_name: 'text' }, options);
  const tables = SIGHTINGS.filter((table) => found.some(({ table_name }) => table_name === table));
  if (tables.length === 0) return [];
  const rows = await db.query(statements.seenTogether(tables), { places: 'integer', customers: 'integer' }, options);
  return rows.map(({ places, customers }) => ({
    places: SIGHTINGS.filter((_, bit) => (places & (1 << bit)) !== 0),
    customers,
    revenue: null,
  }));
}
