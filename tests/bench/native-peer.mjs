import { DuckDBInstance } from '@duckdb/node-api';
import { COHORT_QUERY, overviewQueries } from './describe-peer.mjs';
import { AS_OF } from './order-file.mjs';

/** Native DuckDB on one thread: the peer that every ratio is taken against. */
export async function openNativePeer() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const timed = async (text) => {
    const start = performance.now();
    await connection.runAndReadAll(text);
    return performance.now() - start;
  };
  return {
    version: async () => String((await connection.runAndReadAll('SELECT version()')).getRows()[0]?.[0]),
    /** The plain read of the file with its ids as text, in milliseconds. */
    read: (path) =>
      timed(
        `CREATE OR REPLACE TABLE lines AS SELECT * FROM read_csv('${path.replaceAll("'", "''")}', types = {'order_id': 'VARCHAR', 'customer_id': 'VARCHAR', 'product_id': 'VARCHAR'})`,
      ),
    /** Scores, segments and the grid on the raw text ids; an order may have several lines. */
    rfmOfOrders: () => timed(rfm('count(DISTINCT order_id)')),
    /** The same where a line is taken for an order: what a plain query gets wrong, and fast. */
    rfmOfLines: () => timed(rfm('count(*)')),
    addChannels: () =>
      connection.run(
        `CREATE OR REPLACE TABLE lines AS SELECT *, 'channel ' || hash(order_id) % 5 AS channel FROM lines`,
      ),
    /** The overview of a period and the one before it. @param {{ from: string, middle: string, to: string }} periods */
    overview: async (periods) => {
      let ms = 0;
      for (const query of overviewQueries(periods)) ms += await timed(query);
      return ms;
    },
    cohorts: () => timed(COHORT_QUERY),
    /**
     * The customer of each account by plain equality of ids, as somebody would write it in SQL: labels go round among
     * those who share a value until nothing changes. No normal forms, no placeholders, no names, no profiles.
     * @param {string} accountIds the statement that makes account_ids
     */
    resolveAccounts: async (accountIds) => {
      await connection.run(accountIds);
      const start = performance.now();
      for (const statement of SHARED_VALUES) await connection.run(statement);
      let changed = 1;
      while (changed > 0) {
        await connection.run(SPREAD_LABELS);
        changed = Number((await connection.runAndReadAll(COUNT_CHANGED)).getRows()[0]?.[0]);
        await connection.run('DROP TABLE labels; ALTER TABLE spread RENAME TO labels');
      }
      await connection.run(ACCOUNTS);
      return performance.now() - start;
    },
    close: () => connection.closeSync(),
  };
}

const SHARED_VALUES = [
  `CREATE OR REPLACE TABLE shared AS SELECT row_number() OVER () AS value_key, kind, value
FROM account_ids GROUP BY kind, value HAVING count(*) > 1`,
  `CREATE OR REPLACE TABLE holdings AS SELECT value_key, account_key FROM account_ids JOIN shared USING (kind, value)`,
  `CREATE OR REPLACE TABLE labels AS SELECT DISTINCT account_key, account_key AS label FROM holdings`,
];
const SPREAD_LABELS = `CREATE TABLE spread AS
WITH smallest AS (SELECT value_key, min(label) AS label FROM holdings JOIN labels USING (account_key) GROUP BY value_key)
SELECT account_key, min(label) AS label FROM holdings JOIN smallest USING (value_key) GROUP BY account_key`;
const COUNT_CHANGED = `SELECT count(*) FROM spread JOIN labels USING (account_key) WHERE spread.label <> labels.label`;
const ACCOUNTS = `CREATE OR REPLACE TABLE accounts AS
SELECT account_key, coalesce(label, account_key) AS customer_key
FROM (SELECT DISTINCT account_key FROM account_ids) LEFT JOIN labels USING (account_key) ORDER BY account_key`;

function rfm(frequency) {
  return `
WITH base AS (
  SELECT customer_id, date_diff('day', CAST(max(ordered_at) AS DATE), DATE '${AS_OF}') AS recency_days,
    ${frequency} AS frequency, sum(amount) AS monetary
  FROM lines WHERE ordered_at < TIMESTAMP '${AS_OF}' GROUP BY customer_id
), scored AS (
  SELECT *, ntile(5) OVER (ORDER BY recency_days DESC, customer_id) AS r,
    ntile(5) OVER (ORDER BY frequency, customer_id) AS f, ntile(5) OVER (ORDER BY monetary, customer_id) AS m
  FROM base
), named AS (
  SELECT *, CASE
    WHEN r >= 4 AND (f + m) / 2.0 >= 4 THEN 'champions' WHEN r >= 3 AND (f + m) / 2.0 >= 3 THEN 'loyal'
    WHEN r >= 4 AND (f + m) / 2.0 >= 2 THEN 'potential' WHEN r = 5 THEN 'new' WHEN r = 4 THEN 'promising'
    WHEN r = 3 AND (f + m) / 2.0 >= 2 THEN 'attention' WHEN r = 3 THEN 'sleepy'
    WHEN r <= 2 AND (f + m) / 2.0 >= 4 THEN 'lose' WHEN r <= 2 AND (f + m) / 2.0 >= 3 THEN 'risk'
    WHEN r = 2 THEN 'hibernating' ELSE 'lost' END AS segment
  FROM scored
)
SELECT r, f, m, segment, count(*) AS customers, sum(monetary) AS revenue FROM named GROUP BY ALL ORDER BY ALL`;
}
