import { wilsonInterval, type Interval } from '../../kernels/intervals/wilson';
import type { Cohort, CohortResult } from './cohort';
import { criterionOf, horizonWanted, isOfTime, stepRule, type CohortParams } from './cohort-params';

/** One cohort in one period. */
export interface Cell {
  readonly step: number;
  /** Share of the reference 0.., a count, or money, as the parameters say. */
  readonly value: number;
  /** What the share is of, and of how much: customers, orders or money. */
  readonly part: number;
  readonly whole: number;
  /** Who bought in it, or then or later. */
  readonly customers: number;
  /** False where the period is not over for the whole cohort: left out of means. */
  readonly complete: boolean;
  /** 95 % limits of a share of customers; null for everything else. */
  readonly interval: Interval | null;
}

export interface TriangleRow {
  readonly cohort: Cohort;
  /** One a column; null where the period has not begun for anyone. */
  readonly cells: readonly (Cell | null)[];
  /** The step in which revenue per head reached what a customer cost; null = not yet, or no cost given. */
  readonly paidBackAt: number | null;
}

/** The mean over the cohorts for which the period is over. */
export interface MeanCell {
  readonly step: number;
  readonly value: number;
  readonly cohorts: number;
  readonly customers: number;
  readonly interval: Interval | null;
}

export interface Triangle {
  /** The steps shown as columns. */
  readonly steps: readonly number[];
  readonly rows: readonly TriangleRow[];
  /** One a column; null where no cohort is old enough. */
  readonly means: readonly (MeanCell | null)[];
  readonly meanPaidBackAt: number | null;
  /** The last step compared at equal maturity; null where each cohort is shown as far as it goes. */
  readonly horizon: number | null;
  /** Cohorts of time that are too young for it. */
  readonly tooYoung: number;
  readonly isShare: boolean;
}

/** Lays a result out as the parameters say, which must be those of the result but for how it is shown. */
export function layTriangle(result: CohortResult, params: CohortParams = result.params): Triangle {
  const horizon = horizonOf(result, params);
  const kept = result.cohorts.filter((cohort) => result.horizon !== null || horizon === null || cohort.age > horizon);
  const last = Math.max(-1, ...kept.map(({ active }) => active.length - 1));
  const rule = stepRule(params);
  const steps = Array.from({ length: Math.min(last, horizon ?? last) + 1 }, (_, step) => step).filter(
    (step) => rule.kind !== 'brackets' || rule.segments[step]?.shown === true,
  );
  const rows = kept.map((cohort) => {
    const cells = steps.map((step, column) => cellOf(cohort, step, steps[column - 1] ?? step, params));
    return { cohort, cells, paidBackAt: paidBack(cells, params) };
  });
  const means = steps.map((step, column) => meanOf(rows, step, column, params));
  return {
    steps,
    rows,
    means,
    meanPaidBackAt: paidBack(means, params),
    horizon,
    tooYoung: result.cohorts.length - kept.length,
    isShare: isShare(params),
  };
}

/** Revenue per head is money whatever is asked. */
function isShare({ measure, display }: CohortParams): boolean {
  return display === 'share' && measure !== 'value';
}

/** Asked for, or the age of the youngest cohort that has a whole period after its first. */
function horizonOf(result: CohortResult, params: CohortParams): number | null {
  if (!isOfTime(params.by)) return result.horizon;
  if (!params.equalMaturity) return null;
  const ages = result.cohorts.map(({ age }) => age).filter((age) => age >= 2);
  return horizonWanted(params) ?? (ages.length === 0 ? 0 : Math.min(...ages) - 1);
}

function amountOf(cohort: Cohort, step: number, { measure }: CohortParams): number {
  switch (measure) {
    case 'customers':
      return cohort.active[step] ?? 0;
    case 'orders':
      return cohort.orders[step] ?? 0;
    case 'revenue':
      return cohort.revenue[step] ?? 0;
    case 'value':
      return sumOf(cohort.revenue.slice(0, step + 1));
  }
}

/** The sum of amounts of at most six decimals, without the last bits of binary addition. */
function sumOf(amounts: readonly number[]): number {
  return Math.round(amounts.reduce((sum, amount) => sum + amount, 0) * 1e6) / 1e6;
}

function cellOf(cohort: Cohort, step: number, before: number, params: CohortParams): Cell | null {
  if (step >= cohort.active.length) return null;
  const part = amountOf(cohort, step, params);
  const whole =
    params.measure === 'value' ? cohort.customers : amountOf(cohort, params.reference === 'first' ? 0 : before, params);
  const share = isShare(params);
  return {
    step,
    value: share || params.measure === 'value' ? divide(part, whole) : part,
    part,
    whole,
    customers: cohort.active[step] ?? 0,
    complete: step < cohort.age,
    interval: share && countsOfWhole(params) ? wilsonInterval(part, whole) : null,
  };
}

/** Whether those counted are some of those they are compared with: who comes back now need not have come the time before. */
function countsOfWhole(params: CohortParams): boolean {
  return params.measure === 'customers' && (params.reference === 'first' || criterionOf(params) === 'on-or-after');
}

/**
 * Weighted: the parts of all cohorts over their wholes, so that every customer weighs the same; of counts, the mean weighted
 * by the cohorts' customers. Simple: every cohort weighs the same.
 */
function meanOf(
  rows: readonly Omit<TriangleRow, 'paidBackAt'>[],
  step: number,
  column: number,
  params: CohortParams,
): MeanCell | null {
  const over = rows.flatMap(({ cohort, cells }) => {
    const cell = cells[column];
    return cell?.complete === true && !Number.isNaN(cell.value) ? [{ cohort, cell }] : [];
  });
  if (over.length === 0) return null;
  const customers = sumOf(over.map(({ cohort }) => cohort.customers));
  const part = sumOf(over.map(({ cell }) => cell.part));
  const whole = sumOf(over.map(({ cell }) => cell.whole));
  const isRatio = isShare(params) || params.measure === 'value';
  const weighted = isRatio
    ? divide(part, whole)
    : divide(sumOf(over.map(({ cohort, cell }) => cohort.customers * cell.value)), customers);
  const isWeighted = params.mean === 'weighted';
  return {
    step,
    value: isWeighted ? weighted : over.reduce((sum, { cell }) => sum + cell.value, 0) / over.length,
    cohorts: over.length,
    customers,
    interval: isWeighted && over.every(({ cell }) => cell.interval !== null) ? wilsonInterval(part, whole) : null,
  };
}

function paidBack(cells: readonly (Pick<Cell, 'step' | 'value'> | null)[], params: CohortParams): number | null {
  const cost = params.acquisitionCost;
  if (params.measure !== 'value' || cost === null) return null;
  return cells.find((cell) => cell !== null && cell.value >= cost)?.step ?? null;
}

function divide(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : part / whole;
}
