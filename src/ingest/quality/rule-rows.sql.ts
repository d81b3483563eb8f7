import type { Day } from '../../core/dates';
import { ident, integerConstant, join, sql, type Sql } from '../../core/sql';
import { columnName } from '../staging/staging-contract';
import { foldedOf, withPlain } from './cell-values.sql';
import type { QualityTable } from './column-quality';
import { STAND_IN_WORDS } from './profile.sql';
import type { RuleCheck } from './rule';
import { rowCondition } from './rule-conditions.sql';
import { RuleSource, RuleUnfit } from './rule-source';

/** What a rule is checked on. */
export interface RuleContext {
  readonly table: QualityTable;
  /** The last day that is not in the future. */
  readonly asOf: Day;
  /** Another table of the room by the number of its file; null when it is not there. */
  readonly tableOf: (file: number) => QualityTable | null;
}

/**
 * The rows that the rule speaks of, as source_row and `fails`: rows where a cell that it reads is missing
 * or cannot be read are not among them, unless the rule is about that. Throws RuleUnfit.
 */
export function ruleRows(check: RuleCheck, context: RuleContext): Sql {
  const { table } = context;
  const source = new RuleSource(table);
  switch (check.kind) {
    case 'width':
      return widthRows(table);
    case 'distinct-rows':
      return distinctRows(table);
    case 'unique': {
      const keys = check.columns.map((name) => source.key(name));
      return sql`SELECT source_row, count(*) OVER (PARTITION BY ${join(keys)}) > 1 AS fails FROM ${source.rows()} WHERE ${filled(keys)}`;
    }
    case 'agree':
      return agreeRows(check, source);
    case 'few-owners':
      return ownerRows(check, source);
    case 'one-spelling':
      return spellingRows(source.cell(check.column), ident(table.table));
    case 'night':
      return nightRows(check, source);
    case 'registered':
      return registeredRows(check, source, context);
    case 'filled': {
      const fails = sql`${source.cell(check.column)} IS NULL OR lower(${source.plain(check.column)}) IN (${STAND_IN_WORDS})`;
      return sql`SELECT source_row, ${fails} AS fails FROM ${source.rows()}`;
    }
    default: {
      const condition = rowCondition(check, source, table, context.asOf);
      return sql`SELECT source_row, NOT holds AS fails FROM (SELECT source_row, (${condition}) AS holds FROM ${source.rows()}) WHERE holds IS NOT NULL`;
    }
  }
}

function filled(cells: readonly Sql[]): Sql {
  return join(
    cells.map((cell) => sql`${cell} IS NOT NULL`),
    sql` AND `,
  );
}

/** Rows are told apart by 64 bits over all cells: two different ones fall together once in millions of millions. */
function distinctRows({ table, columns }: QualityTable): Sql {
  const cells = join(columns.map(({ index }) => ident(columnName(index))));
  return sql`SELECT source_row, row_number() OVER (PARTITION BY hash(${cells}) ORDER BY source_row) > 1 AS fails FROM ${ident(table)}`;
}

function widthRows({ table, ragged }: QualityTable): Sql {
  if (ragged === null) throw new RuleUnfit('no-file', 'ragged');
  return sql`SELECT source_row, FALSE AS fails FROM ${ident(table)} WHERE source_row NOT IN (SELECT source_row FROM ${ident(ragged)})
UNION ALL SELECT source_row, TRUE FROM ${ident(ragged)}`;
}

type CheckOf<K extends RuleCheck['kind']> = Extract<RuleCheck, { readonly kind: K }>;

function agreeRows(check: CheckOf<'agree'>, source: RuleSource): Sql {
  const id = source.key(check.id);
  const isSale = check.amount === null ? sql`TRUE` : sql`coalesce(${source.number(check.amount)}, 0) >= 0`;
  const asked = sql`${id} IS NOT NULL AND ${isSale}`;
  const differing = join(
    check.others.map((name) => sql`count(DISTINCT ${source.key(name)}) > 1`),
    sql` OR `,
  );
  const split = sql`SELECT ${id} FROM ${source.rows()} WHERE ${asked} GROUP BY 1 HAVING ${differing}`;
  return sql`SELECT source_row, ${id} IN (${split}) AS fails FROM ${source.rows()} WHERE ${asked}`;
}

/** Marks between the digits of a telephone do not make it another one. */
function ownerRows(check: CheckOf<'few-owners'>, source: RuleSource): Sql {
  const value = sql`regexp_replace(${source.plain(check.column)}, '[\\s()-]', '', 'g')`;
  const many = sql`SELECT ${value} FROM ${source.rows()} GROUP BY 1 HAVING count(DISTINCT ${source.key(check.owner)}) > ${integerConstant(check.most)}`;
  return sql`SELECT source_row, ${value} IN (${many}) AS fails FROM ${source.rows()} WHERE ${source.cell(check.column)} IS NOT NULL`;
}

function spellingRows(cell: Sql, table: Sql): Sql {
  const counted = sql`(SELECT ${cell} AS value, count(*) AS n FROM ${table} WHERE ${cell} IS NOT NULL GROUP BY 1)`;
  const folded = sql`SELECT value, n, ${foldedOf(sql`plain`)} AS folded FROM ${withPlain(counted, [{ cell: sql`value`, plain: sql`plain` }])}`;
  return sql`WITH folded AS (${folded}),
others AS (SELECT value FROM folded QUALIFY row_number() OVER (PARTITION BY folded ORDER BY n DESC, value) > 1)
SELECT source_row, ${cell} IN (SELECT value FROM others) AS fails FROM ${table} WHERE ${cell} IS NOT NULL`;
}

/** Fewer orders than this at night are a late till or a wrong clock. */
const LEAST_NIGHT_ORDERS = 5;

/**
 * A shop fails in its rows of the night when their share of its orders is more than `factor` times that of
 * the other shops, and over a per cent. Shops whose name says that they are online sell at any hour and are
 * not asked.
 */
function nightRows(check: CheckOf<'night'>, source: RuleSource): Sql {
  const time = source.time(check.time);
  const store = source.plain(check.store);
  const order = check.order === null ? sql`source_row` : source.key(check.order);
  const hour = sql`date_part('hour', sold_at)`;
  return sql`WITH sold AS (SELECT source_row, ${store} AS store, ${order} AS order_id, ${time} AS sold_at FROM ${source.rows()}),
hourly AS (SELECT source_row, store, order_id, ${hour} >= ${integerConstant(check.fromHour)} AND ${hour} < ${integerConstant(check.toHour)} AS is_night
  FROM sold WHERE store IS NOT NULL AND sold_at IS NOT NULL),
held AS (SELECT store, order_id, bool_or(is_night) AS is_night FROM hourly GROUP BY store, order_id),
shops AS (SELECT store, count(*) AS orders, count(*) FILTER (WHERE is_night) AS nights FROM held GROUP BY store),
asked AS (SELECT * FROM shops WHERE NOT (${isOnline(sql`lower(store)`)})),
shares AS (SELECT store, nights, nights / orders AS share,
  coalesce((sum(nights) OVER () - nights) / nullif(sum(orders) OVER () - orders, 0), 0) AS others FROM asked),
awake AS (SELECT store FROM shares WHERE nights >= ${integerConstant(LEAST_NIGHT_ORDERS)} AND share > 0.01
  AND share > CAST(${check.factor} AS DOUBLE) * others)
SELECT source_row, is_night AND store IN (SELECT store FROM awake) AS fails FROM hourly WHERE store IN (SELECT store FROM asked)`;
}

/** Plain searches: a pattern of so many words costs a hundred times as much. */
function isOnline(store: Sql): Sql {
  const words = [
    sql`'online'`,
    sql`'web'`,
    sql`'mini'`,
    sql`'电商'`,
    sql`'线上'`,
    sql`'网'`,
    sql`'商城'`,
    sql`'小程序'`,
    sql`'旗舰店'`,
    sql`'直播'`,
  ];
  const holds = words.map((word) => sql`contains(${store}, ${word})`);
  return join([sql`${store} = 'app'`, ...holds], sql` OR `);
}

/** Compared by days: one of the two times may have no time of day. */
function registeredRows(check: CheckOf<'registered'>, source: RuleSource, { tableOf }: RuleContext): Sql {
  const table = tableOf(check.members.file);
  if (table === null) throw new RuleUnfit('no-file', String(check.members.file));
  const members = new RuleSource(table);
  const registered = members.time(check.members.time);
  const member = members.key(check.members.customer);
  const time = source.time(check.time);
  const customer = source.key(check.customer);
  return sql`WITH joined AS (SELECT ${member} AS member, CAST(min(${registered}) AS DATE) AS registered_on FROM ${members.rows()} GROUP BY 1),
bought AS (SELECT source_row, ${customer} AS customer, CAST(${time} AS DATE) AS bought_on FROM ${source.rows()})
SELECT source_row, bought_on < registered_on AS fails FROM bought JOIN joined ON customer = member
WHERE bought_on IS NOT NULL AND registered_on IS NOT NULL`;
}
