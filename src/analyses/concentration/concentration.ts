import type { CurvePoint } from '../../charts/concentration';
import { addMoney } from '../../core/money';
import type { Sql } from '../../core/sql';
import type { Analysis, Population, Scope } from '../analysis';
import { readPopulation } from '../population';
import {
  CLASS_IDS,
  CONCENTRATION_DEFAULTS,
  customersWithin,
  validateConcentration,
  type ClassId,
  type ConcentrationParams,
  type CutPercents,
  type Measure,
} from './concentration-params';
import { PARTS_SHAPE, partsStatement, type PartRow } from './concentration.sql';

/** Customers between two cuts. The three classes sum to everyone who bought. */
export interface CustomerClass {
  readonly id: ClassId;
  /** 1 = who brings the most; an empty class has its last rank before its first. */
  readonly firstRank: number;
  readonly lastRank: number;
  readonly customers: number;
  /** Shares of all who bought, 0..1; NaN where there is nothing above zero to share. */
  readonly customerShare: number;
  readonly revenue: number;
  readonly revenueShare: number;
  readonly orders: number;
  readonly orderShare: number;
  /** The smallest amount of the measure in the class; NaN without customers. */
  readonly lowest: number;
}

/** The fewest of the curve's customers who together bring half. */
export interface Half {
  readonly customers: number;
  readonly customerShare: number;
}

export interface ConcentrationResult {
  readonly scope: Scope;
  readonly measure: Measure;
  readonly cutPercents: CutPercents;
  readonly population: Population;
  readonly classes: readonly CustomerClass[];
  /** Customers without a purchase in scope but with rows, such as refunds; with the classes they sum to the population's revenue. */
  readonly withoutPurchase: { readonly customers: number; readonly revenue: number };
  /** From (0, 0) to (1, 1), exact at each point; empty where the measure's sum is not above zero. */
  readonly curve: readonly CurvePoint[];
  /** Gini coefficient, 0 = everybody the same, towards 1 = one brings all; NaN without anything above zero. */
  readonly gini: number;
  /** Buyers whose refunds are larger than what they bought. */
  readonly customersBelowZero: number;
  readonly half: Half | null;
  readonly statement: Sql;
}

/** What some rows come to together. */
interface Sum {
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
}

function sumOf(rows: readonly PartRow[]): Sum {
  return rows.reduce<Sum>(
    (sum, row) => ({
      customers: sum.customers + row.customers,
      orders: sum.orders + row.orders,
      revenue: addMoney(sum.revenue, row.revenue),
    }),
    { customers: 0, orders: 0, revenue: 0 },
  );
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : Number.NaN;
}

function classesOf(rows: readonly PartRow[], all: Sum, cuts: CutPercents): readonly CustomerClass[] {
  const lastRanks = [...cuts, 100].map((percent) => customersWithin(percent, all.customers));
  return CLASS_IDS.map((id, place) => {
    const own = rows.filter((row) => row.class === id);
    const sum = sumOf(own);
    return {
      id,
      firstRank: (lastRanks[place - 1] ?? 0) + 1,
      lastRank: lastRanks[place] ?? all.customers,
      ...sum,
      customerShare: share(sum.customers, all.customers),
      revenueShare: share(sum.revenue, all.revenue),
      orderShare: share(sum.orders, all.orders),
      lowest: own.at(-1)?.lowest ?? Number.NaN,
    };
  });
}

/** The cumulative shares at the end of each part and at each limit. */
function curveOf(rows: readonly PartRow[], all: Sum, measure: Measure): readonly CurvePoint[] {
  if (!(all[measure] > 0)) return [];
  let [customers, amount] = [0, 0];
  const points = rows.map((row): CurvePoint => {
    customers += row.customers;
    amount = addMoney(amount, row[measure]);
    return { x: customers / all.customers, y: amount / all[measure] };
  });
  return [{ x: 0, y: 0 }, ...points];
}

/** sum((n + 1 - 2 rank) amount) / (n sum(amount)), ranked from the most, amounts below zero taken as zero. */
function giniOf(rows: readonly PartRow[], customers: number): number {
  const amount = rows.reduce((sum, row) => sum + row.amount, 0);
  const ranked = rows.reduce((sum, row) => sum + row.ranked_amount, 0);
  return amount > 0 ? (customers + 1 - (2 * ranked) / amount) / customers : Number.NaN;
}

function halfOf(curve: readonly CurvePoint[], customers: number): Half | null {
  const point = curve.find(({ y }) => y >= 0.5);
  return point === undefined ? null : { customers: Math.round(point.x * customers), customerShare: point.x };
}

export const concentration = {
  id: 'concentration' as const,
  defaults: CONCENTRATION_DEFAULTS,
  validate: validateConcentration,
  run: async ({ db, scope, signal }, { measure, cutPercents }) => {
    const statement = partsStatement(scope, measure, cutPercents);
    const population = await readPopulation(db, scope, { signal });
    const rows = await db.query(statement, PARTS_SHAPE, { signal });
    const ranked = rows.filter((row) => row.part !== null);
    const others = sumOf(rows.filter((row) => row.part === null));
    const all = sumOf(ranked);
    const curve = curveOf(ranked, all, measure);
    return {
      scope,
      measure,
      cutPercents,
      population,
      classes: classesOf(ranked, all, cutPercents),
      withoutPurchase: { customers: others.customers, revenue: others.revenue },
      curve,
      gini: giniOf(ranked, all.customers),
      customersBelowZero: ranked.reduce((sum, row) => sum + row.below_zero, 0),
      half: halfOf(curve, all.customers),
      statement,
    };
  },
} satisfies Analysis<ConcentrationParams, ConcentrationResult>;
