import { ident, join, sql, type Sql } from '../core/sql';
import type { TableColumn } from './canonical-csv.sql';
import type { RowsSource, SourceColumn } from './table-pages';

/** The table (value, shown) that holds the pseudonym of each customer id: see ingest/privacy/shown-values. */
export const CUSTOMER_PSEUDONYMS = 'customer_pseudonyms';

const CUSTOMER_ID = 'customer_id';
const ORDER_ID = 'order_id';

/**
 * The file with pseudonyms in place of its customer ids, or without any. Order numbers go as well, for in the
 * shop's own system they lead back to the customer; and the rows come in the order of what is left, for the
 * order of the ids would tell something of them. `pseudonym` needs CUSTOMER_PSEUDONYMS to hold every customer
 * of the file; one that is missing there has none.
 */
export function withoutIds(source: RowsSource, form: 'pseudonym' | 'none'): RowsSource {
  const columns = source.columns.filter(
    ({ name }) => name !== ORDER_ID && (form === 'pseudonym' || name !== CUSTOMER_ID),
  );
  const selected = join(
    columns.map(({ name }) => (name === CUSTOMER_ID ? sql`shown AS customer_id` : sql`file_rows.${ident(name)}`)),
  );
  return { columns, rows: sql`SELECT ${selected} FROM (${source.rows}) file_rows${pseudonymJoin(form)} ORDER BY ALL` };
}

/** The same for a whole table whose columns must stay: an id that may not be seen is NULL. */
export function tableWithoutIds(
  table: string,
  columns: readonly TableColumn[],
  whole: readonly SourceColumn[],
  form: 'pseudonym' | 'none',
): RowsSource {
  const selected = join(
    columns.map(({ name }) =>
      name === CUSTOMER_ID
        ? sql`${form === 'pseudonym' ? sql`shown` : sql`CAST(NULL AS VARCHAR)`} AS customer_id`
        : sql`file_rows.${ident(name)}`,
    ),
  );
  const hasId = columns.some(({ name }) => name === CUSTOMER_ID);
  return {
    columns: whole,
    rows: sql`SELECT ${selected} FROM ${ident(table)} file_rows${hasId ? pseudonymJoin(form) : sql``}`,
  };
}

function pseudonymJoin(form: 'pseudonym' | 'none'): Sql {
  return form === 'none'
    ? sql``
    : sql` LEFT JOIN ${ident(CUSTOMER_PSEUDONYMS)} ON ${ident(CUSTOMER_PSEUDONYMS)}.value = file_rows.customer_id`;
}
