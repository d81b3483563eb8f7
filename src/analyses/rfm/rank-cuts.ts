import { join, sql, type Sql } from '../../core/sql';
import { DIMENSIONS, type Dimension, type QuantileScoring } from './rfm-params';
import { cutColumn, type RfmTableNames, type ScoreSource } from './rfm.sql';

/**
 * Equal bins by rank without sorting every customer three times. A customer's value and key make one
 * number whose order is the order of ntile; the numbers at the last rank of each bin are the cuts, and
 * comparing with them gives the same score as ntile.
 */
export function rankCutsQuery(names: RfmTableNames, scoring: QuantileScoring, customers: number): Sql {
  const columns = DIMENSIONS.flatMap((dimension) =>
    lastRanks(customers, scoring.bins).map(
      (_, i) => sql`${dimensionList(dimension)}[CAST(${i + 1} AS INTEGER)] AS ${cutColumn(dimension, i + 1)}`,
    ),
  );
  // Half a rank below, so that no rounding of the share can name the neighbour.
  const shares = join(
    lastRanks(customers, scoring.bins).map(
      (rank) => sql`CAST(${customers === 0 ? 0 : (rank - 0.5) / customers} AS DOUBLE)`,
    ),
  );
  const lists = DIMENSIONS.map(
    (dimension) => sql`quantile_disc(${RANK_NUMBERS[dimension]}, [${shares}]) AS ${dimensionList(dimension)}`,
  );
  return sql`SELECT ${join(columns)} FROM (SELECT ${join(lists)} FROM ${names.base} WHERE frequency > 0)`;
}

/**
 * The rank at which each bin but the last ends, as ntile has it: the first `customers mod bins` bins
 * hold one customer more. Bins beyond the customers end at the last of them and stay empty.
 */
export function lastRanks(customers: number, bins: number): readonly number[] {
  const size = Math.floor(customers / bins);
  const larger = customers % bins;
  return Array.from({ length: bins - 1 }, (_, i) => (i + 1) * size + Math.min(i + 1, larger));
}

/** Keys are below 2^31; the factor for money keeps them below one step of six decimals. */
const RANK_NUMBERS: Readonly<Record<Dimension, Sql>> = {
  recency: sql`CAST(customer_key AS BIGINT) - CAST(recency_days AS BIGINT) * 2147483648`,
  frequency: sql`CAST(customer_key AS BIGINT) + CAST(frequency AS BIGINT) * 2147483648`,
  money: sql`money * CAST(10000000000000000 AS DECIMAL(17, 0)) + customer_key`,
};

const dimensionList = (dimension: Dimension): Sql => LISTS[dimension];
const LISTS: Readonly<Record<Dimension, Sql>> = {
  recency: sql`recency_list`,
  frequency: sql`frequency_list`,
  money: sql`money_list`,
};

/** Scores by the cuts of rankCutsQuery; the rank numbers are made once a customer, not once a comparison. */
export function rankCutsSource(names: RfmTableNames): ScoreSource {
  const numbers = join(DIMENSIONS.map((dimension) => sql`${RANK_NUMBERS[dimension]} AS ${RANK_COLUMNS[dimension]}`));
  return {
    from: sql`(SELECT *, ${numbers} FROM ${names.base} WHERE frequency > 0), ${names.cuts}`,
    score: scoreByRankCuts,
  };
}

const RANK_COLUMNS: Readonly<Record<Dimension, Sql>> = {
  recency: sql`recency_rank`,
  frequency: sql`frequency_rank`,
  money: sql`money_rank`,
};

function scoreByRankCuts(dimension: Dimension, bins: number): Sql {
  const cases = Array.from(
    { length: bins - 1 },
    (_, i) => sql`WHEN ${RANK_COLUMNS[dimension]} <= ${cutColumn(dimension, i + 1)} THEN CAST(${i + 1} AS INTEGER)`,
  );
  return sql`CAST(CASE ${join(cases, sql` `)} ELSE CAST(${bins} AS INTEGER) END AS UTINYINT)`;
}
