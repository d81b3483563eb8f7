import { EMPTY, ident, join, sql, type Sql } from '../../core/sql';
import { decimal, LINE_LABELS, type TableLayout } from '../../db/schema';
import type { Policy } from '../import-contract';
import { judgedLines } from '../policy.sql';
import { SALE_LABELS, type SaleLabel } from './sale-tables';

/** Labels that the member list of products gives, where there is one. */
export const FACT_LABELS = ['category', 'brand'] as const;
type FactLabel = (typeof FACT_LABELS)[number];

/** Where the labels of a dataset come from. */
export interface LabelSources {
  readonly layout: TableLayout;
  /** Those that `product_facts` has for products of the lines. */
  readonly facts: readonly FactLabel[];
}

/** The labels that lines have by themselves or by their product. */
export function labelsOf({ layout, facts }: LabelSources): readonly SaleLabel[] {
  return SALE_LABELS.filter((label) => isOfLines(layout, label) || (facts as readonly string[]).includes(label));
}

function isOfLines({ labels }: TableLayout, label: SaleLabel): boolean {
  return LINE_LABELS.some((candidate) => candidate === label && labels.includes(candidate));
}

/** The type of a label: one or two bytes a line in place of a text. */
function typeOf(label: SaleLabel): Sql {
  return ident(`sale_${label}`);
}

/** Takes the table away, and the types of its labels. */
export function dropSaleLines(): Sql {
  const types = SALE_LABELS.map((label) => sql`DROP TYPE IF EXISTS ${typeOf(label)}; `);
  return sql`DROP TABLE IF EXISTS sale_lines; DROP TABLE IF EXISTS sale_products; ${join(types, EMPTY)}`;
}

/** Shape: { category, brand: 'integer' }: how many products of the lines have one in the list of products. */
export function countProductFacts(): Sql {
  return sql`SELECT count(category) AS category, count(brand) AS brand
FROM product_facts WHERE product_id IN (SELECT product_id FROM products)`;
}

/** A row a product that the list of products says something of. Of several rows, the first values in byte order count. */
export function createSaleProducts(): Sql {
  return sql`CREATE TABLE sale_products AS
SELECT product_key, min(category) AS category, min(brand) AS brand
FROM products JOIN product_facts USING (product_id) GROUP BY product_key`;
}

export function createLabelType(label: SaleLabel, { layout, facts }: LabelSources): Sql {
  const column = ident(label);
  const sources = [
    ...(isOfLines(layout, label) ? [sql`SELECT DISTINCT ${column} AS value FROM order_lines`] : []),
    ...((facts as readonly string[]).includes(label)
      ? [sql`SELECT DISTINCT ${column} AS value FROM sale_products`]
      : []),
  ];
  return sql`CREATE TYPE ${typeOf(label)} AS ENUM (
  SELECT DISTINCT value FROM (${join(sources, sql` UNION ALL `)}) WHERE value IS NOT NULL ORDER BY value
)`;
}

/** What a label of a line is: what the line says, else what its product says. */
function labelValue(label: SaleLabel, { layout, facts }: LabelSources): Sql {
  const type = typeOf(label);
  const ofLine = sql`CAST(lines.${ident(label)} AS ${type})`;
  const ofProduct = sql`CAST(sale_products.${ident(label)} AS ${type})`;
  if (!(facts as readonly string[]).includes(label)) return ofLine;
  return isOfLines(layout, label) ? sql`coalesce(${ofLine}, ${ofProduct})` : ofProduct;
}

/**
 * Makes the table sale_lines: see SaleTables. Under the policy that puts the orders of a day together, a line finds its
 * occasion by customer and day, or by order and day where nobody is known; else by its order.
 */
export function createSaleLines(policy: Policy, sources: LabelSources): Sql {
  const { layout, facts } = sources;
  const labels = labelsOf(sources);
  const extra = [
    ...(layout.hasQuantity ? [sql`, quantity`] : []),
    ...(layout.hasProduct ? [sql`, product_key`] : []),
    ...labels.filter((label) => isOfLines(layout, label)).map((label) => sql`, ${ident(label)}`),
  ];
  const pieces = layout.hasQuantity
    ? sql`CAST(CASE WHEN is_return THEN -abs(lines.quantity) ELSE lines.quantity END AS ${decimal(layout.quantityScale)})`
    : sql`CAST(CASE WHEN is_return THEN -1 ELSE 1 END AS DECIMAL(18, 0))`;
  const columns = [
    ...(layout.hasProduct ? [sql`, lines.product_key`] : []),
    ...labels.map((label) => sql`, ${labelValue(label, sources)} AS ${ident(label)}`),
  ];
  const products =
    facts.length === 0 ? EMPTY : sql` LEFT JOIN sale_products ON sale_products.product_key = lines.product_key`;
  return sql`CREATE TABLE sale_lines AS
WITH lines AS (
  ${judgedLines(policy, layout, join(extra, EMPTY))}
)
SELECT purchases.order_key, purchases.customer_key, purchases.ordered_at, CAST(money AS ${decimal(layout.moneyScale)}) AS amount,
  ${pieces} AS quantity, purchases.is_purchase${join(columns, EMPTY)}
FROM lines JOIN purchases ON ${policy.sameDay === 'separate' ? sql`purchases.order_key = lines.order_key` : OCCASION}${products}
WHERE NOT is_left_out`;
}

/** Made customers have keys after the known ones: their lines name nobody. */
const OCCASION = sql`CAST(purchases.ordered_at AS DATE) = CAST(lines.ordered_at AS DATE) AND CASE
  WHEN lines.customer_key IS NULL THEN -1 - lines.order_key ELSE lines.customer_key
END = CASE
  WHEN purchases.customer_key IS NULL OR purchases.customer_key > (SELECT coalesce(max(customer_key), -1) FROM accounts)
  THEN -1 - purchases.order_key ELSE purchases.customer_key
END`;
