/** The plain queries that somebody would write for the overview and the cohort triangle, on the lines as they were read. */

/** Figures of a year beside the year before, by month and by channel; everything on the text ids. */
export function overviewQueries({ from, middle, to }) {
  const both = `ordered_at >= TIMESTAMP '${from}' AND ordered_at < TIMESTAMP '${to}'`;
  const figures = `count(DISTINCT customer_id) AS customers, count(DISTINCT order_id) AS orders, sum(amount) AS revenue, sum(quantity) AS items`;
  const isNow = `ordered_at >= TIMESTAMP '${middle}' AS is_now`;
  return [
    `SELECT ${isNow}, ${figures} FROM lines WHERE ${both} GROUP BY ALL`,
    `SELECT is_now, count(*) FILTER (orders > 1) / count(*) AS repeat_rate FROM (
  SELECT ${isNow}, customer_id, count(DISTINCT order_id) AS orders FROM lines WHERE ${both} GROUP BY ALL
) GROUP BY ALL`,
    `SELECT date_trunc('month', ordered_at) AS month, ${figures} FROM lines WHERE ${both} GROUP BY ALL ORDER BY ALL`,
    `SELECT channel, ${isNow}, ${figures} FROM lines WHERE ${both} GROUP BY ALL ORDER BY ALL`,
  ];
}

/** Customers by the month of their first purchase and the months since. */
export const COHORT_QUERY = `WITH first AS (
  SELECT customer_id, date_trunc('month', min(ordered_at)) AS cohort FROM lines WHERE amount > 0 GROUP BY customer_id
)
SELECT cohort, date_diff('month', cohort, date_trunc('month', ordered_at)) AS age, count(DISTINCT customer_id) AS customers
FROM lines JOIN first USING (customer_id) WHERE amount > 0 GROUP BY ALL ORDER BY ALL`;
