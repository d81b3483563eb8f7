/** What a brush of the crossfilter costs over many customers. Times are in milliseconds. */
import { flushSync, mount, unmount } from 'svelte';
import { binCount } from '../../../src/analyses/crossfilter/dimensions';
import { CrossfilterSession } from '../../../src/analyses/crossfilter/crossfilter-session.svelte';
import type { CubeWork } from '../../../src/analyses/crossfilter/cube-work';
import { cubesInWorker } from '../../../src/analyses/crossfilter/cube-worker';
import { integerConstant, sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import type { SaleTables } from '../../../src/ingest/sale-tables/sale-tables';
import { watchStalls } from './page-stalls';
import CrossfilterStage from './CrossfilterStage.svelte';

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

export interface CrossfilterFigures {
  readonly customers: number;
  readonly dimensions: number;
  /** From purchases, lines and member list to charts that can be brushed. */
  readonly prepareMs: number;
  /** Of the page's own thread meanwhile. */
  readonly longestGapMs: number;
  /** The pointer comes near a chart: the cube of its dimension is asked for and arrives. */
  readonly beginMs: Percentiles;
  /** The brush moves by a bin: figures, sentence, table and every chart, laid out anew. */
  readonly moveMs: Percentiles;
}

/** Replaces the tables by that many customers with five orders each, and brushes every dimension, also under others. */
export async function benchCrossfilter(db: Db, customers: number): Promise<CrossfilterFigures> {
  await makeShop(db, customers);
  const beginTimes: number[] = [];
  const session = new CrossfilterSession({ db, tables: TABLES }, () => timedCubes(beginTimes));
  const target = document.body.appendChild(document.createElement('div'));
  const stage = mount(CrossfilterStage, { target, props: { session } });
  try {
    const stalls = watchStalls();
    const start = performance.now();
    session.setScope({ asOf: '2026-01-01', from: null, audience: null }, 1);
    await until(() => session.figures !== null || session.error !== null);
    if (session.error !== null) throw session.error;
    flushSync();
    const prepareMs = performance.now() - start;
    const { longestGapMs } = await stalls.stop();
    const dimensions = session.result?.dimensions ?? [];
    beginTimes.length = 0;
    const moves: number[] = [];
    for (const filtered of [false, true]) {
      // The cube of the first is there from the start.
      for (const [place, dimension] of [...dimensions.entries()].toSorted(
        ([a], [b]) => (a || Infinity) - (b || Infinity),
      )) {
        const begun = beginTimes.length;
        session.approach(place);
        await until(() => beginTimes.length > begun);
        const bins = binCount(dimension);
        for (let end = 1; end <= bins; end++) {
          const moved = performance.now();
          session.brush(place, [[Math.max(0, end - 5), end]]);
          flushSync();
          target.getBoundingClientRect();
          moves.push(performance.now() - moved);
        }
        // The second time around, every third brush stays.
        session.brush(place, filtered && place % 3 === 0 ? [[0, Math.ceil(bins / 2)]] : null);
      }
    }
    return {
      customers: session.result?.everyone.customers ?? 0,
      dimensions: dimensions.length,
      prepareMs,
      longestGapMs,
      beginMs: percentiles(beginTimes),
      moveMs: percentiles(moves),
    };
  } finally {
    await unmount(stage);
    target.remove();
    session.close();
  }
}

const TABLES: SaleTables = {
  lines: async () => ({ hasQuantity: false, hasProduct: false, labels: ['channel', 'category'] }),
  attributes: async () => ({
    texts: ['gender', 'city', 'level'],
    hasBirthday: true,
    hasAge: false,
    hasRegisteredAt: false,
  }),
};

async function makeShop(db: Db, customers: number): Promise<void> {
  const count = integerConstant(customers);
  await db.exec(sql`DROP TABLE IF EXISTS sale_lines; DROP TYPE IF EXISTS bench_channel; DROP TYPE IF EXISTS bench_category;
CREATE TYPE bench_channel AS ENUM ('app', 'mini-program', 'store');
CREATE TYPE bench_category AS ENUM ('bed', 'clothes', 'digital', 'kitchen', 'snacks', 'stationery', 'tea', 'toys')`);
  await db.exec(sql`CREATE OR REPLACE TABLE customers AS
SELECT CAST(range AS INTEGER) AS customer_key, 'C' || (10000000 + range) AS customer_id FROM range(${count})`);
  await db.exec(sql`CREATE OR REPLACE TABLE purchases AS
SELECT CAST(range AS INTEGER) AS order_key, CAST(range // 5 AS INTEGER) AS customer_key,
  TIMESTAMP '2024-01-01' + INTERVAL 1 MINUTE * (hash(range) % (100000 + 900000 * (range // 5 % 2))) AS ordered_at,
  CAST(5 + (hash(range + 1) % 50000) * (1 + range // 5 % 40) / 1000 AS DECIMAL(18, 2)) AS amount, range % 5 = 0 OR hash(range + 2) % 3 = 0 AS is_purchase
FROM range(${count} * 5)`);
  await db.exec(sql`CREATE TABLE sale_lines AS
SELECT order_key, customer_key, ordered_at, amount, is_purchase,
  CAST(CASE hash(order_key + 3) % 5 WHEN 0 THEN 'app' WHEN 1 THEN 'mini-program' ELSE 'store' END AS bench_channel) AS channel,
  enum_range(NULL::bench_category)[CAST(1 + hash(order_key + 4) % 8 AS INTEGER)]::bench_category AS category
FROM purchases`);
  await db.exec(sql`CREATE OR REPLACE TABLE customer_attributes AS
SELECT customer_key, CASE WHEN customer_key % 11 > 0 THEN CASE WHEN customer_key % 2 = 0 THEN 'F' ELSE 'M' END END AS gender,
  'City ' || (hash(customer_key) % 40) AS city, 'Level ' || (customer_key % 5) AS level, CAST(NULL AS VARCHAR) AS registration_channel,
  CASE WHEN customer_key % 3 > 0 THEN DATE '1950-01-01' + CAST(hash(customer_key + 5) % 20000 AS INTEGER) END AS birthday,
  CAST(NULL AS INTEGER) AS age, CAST(NULL AS TIMESTAMP) AS registered_at
FROM customers`);
}

/** The worker of the page, with the time of each cube from the asking to the answer. */
function timedCubes(times: number[]): CubeWork {
  const work = cubesInWorker();
  return {
    ...work,
    async cube(active, filters) {
      const start = performance.now();
      const cube = await work.cube(active, filters);
      times.push(performance.now() - start);
      return cube;
    },
  };
}

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((next) => setTimeout(next, 1));
}

function percentiles(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
