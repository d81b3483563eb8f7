import { ident, sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Holdings } from '../../kernels/identity/resolve-clusters';
import { PERSON_ROLES, type PersonRole } from '../kinds/kinds';
import { KEY_KINDS, type KeyKind } from './identity-choices';
import type { IdentityWork } from './identity-work';
import * as statements from './prepare.sql';
import type { PrepareOptions } from './prepare.sql';
import type { Unusable } from './identifiers';

/** What one kind of identifier holds, over all accounts. */
export interface KindCount {
  /** A PersonRole, or `name-birthday`. */
  readonly kind: string;
  readonly entries: number;
  /** Different usable values; null for a kind that is no key. */
  readonly distinctValues: number | null;
  readonly placeholders: number;
  readonly malformed: number;
}

/** A value that was typed to fill a field, or that is none of its kind. */
export interface UnusableValue {
  readonly kind: string;
  readonly value: string;
  readonly unusable: Unusable;
  readonly accounts: number;
}

/** The identifiers in normal form, ready to be resolved under any choice of keys. */
export interface PreparedIdentity {
  readonly options: PrepareOptions;
  readonly accounts: number;
  readonly holdings: Holdings;
  /** The kinds of the holdings, in their order. */
  readonly keyKinds: readonly KeyKind[];
  readonly kinds: readonly KindCount[];
  readonly unusable: readonly UnusableValue[];
}

export interface IdentityOptions extends CallOptions {
  /** Hears the share done, 0..1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const ODD_PAGE = 20_000;
const HOLDINGS_PAGE = 200_000;
const MOST_UNUSABLE = 200;

/**
 * Brings every identifier into its normal form and finds the values that accounts share: the tables
 * identity_ids, identity_values and identity_holdings. The accounts themselves are not touched.
 *
 * Cost: a GROUP BY over the identifiers, and one call of the worker a page of values that are not plain.
 */
export async function prepareIdentity(
  db: Db,
  work: IdentityWork,
  options: PrepareOptions,
  { signal, onProgress }: IdentityOptions = {},
): Promise<PreparedIdentity> {
  const call = { signal };
  try {
    await createMissingIds(db, call);
    const kinds = await readPresent(db, call);
    await db.exec(statements.createIds(kinds, options), call);
    onProgress?.(0.2);
    await db.exec(statements.createOddValues(), call);
    await db.exec(statements.createOddNormals(), call);
    const [odd] = await db.query(sql`SELECT count(*) AS n FROM identity_odd`, { n: 'integer' }, call);
    const oddCount = odd?.n ?? 0;
    for (let from = 0; from < oddCount; from += ODD_PAGE) {
      const page = await db.columns(statements.oddValues(from, from + ODD_PAGE), statements.ODD_SHAPE, call);
      const batch = await work.normalise({ from, kinds: page.kind, values: page.value }, options, signal);
      await db.append('identity_odd_normal', batch, call);
      onProgress?.(0.2 + (0.2 * Math.min(oddCount, from + ODD_PAGE)) / oddCount);
    }
    if (oddCount > 0) await db.exec(statements.insertOddIds(), call);
    await db.exec(statements.deleteOddIds(), call);
    const hasBoth = kinds.includes('name') && kinds.includes('birthday');
    if (hasBoth) await db.exec(statements.insertNamesWithBirthdays(), call);
    onProgress?.(0.6);
    const keys = KEY_KINDS.filter((key) => (key === 'name-birthday' ? hasBoth : kinds.includes(key)));
    await db.exec(statements.createSharedValues(keyKindsOf(keys, options)), call);
    onProgress?.(0.8);
    await db.exec(statements.createHoldings(), call);
  } finally {
    for (const table of statements.SCRATCH_TABLES) await db.exec(sql`DROP TABLE IF EXISTS ${ident(table)}`);
  }
  const counts = await readCounts(db, call);
  const { keyKinds, kindStarts } = await readKinds(db, counts.shared_values, call);
  const holdings = await readHoldings(db, counts, kindStarts, call);
  const kindCounts = await readKindCounts(db, keyKinds, holdings, call);
  const isAnyUnusable = kindCounts.some(({ placeholders, malformed }) => placeholders + malformed > 0);
  onProgress?.(1);
  return {
    options,
    accounts: counts.accounts,
    holdings,
    keyKinds,
    kinds: kindCounts,
    unusable: isAnyUnusable ? await readUnusable(db, call) : [],
  };
}

async function readPresent(db: Db, call: CallOptions): Promise<readonly PersonRole[]> {
  const rows = await db.query(statements.presentKinds(), { kind: 'text' }, call);
  return PERSON_ROLES.filter((kind) => rows.some((row) => row.kind === kind));
}

/** Where customer numbers are member numbers, there is one kind of the two. */
function keyKindsOf(keys: readonly KeyKind[], { sameNumbers }: PrepareOptions): readonly KeyKind[] {
  return [...new Set(keys.map((key) => (key === 'customer' && sameNumbers ? 'member' : key)))];
}

/** A dataset of one file of orders has no identifiers but the customer ids themselves. */
async function createMissingIds(db: Db, call: CallOptions): Promise<void> {
  const [found] = await db.query(
    sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'account_ids'`,
    { n: 'integer' },
    call,
  );
  if (found?.n === 0) await db.exec(statements.createAccountIds(), call);
}

const COUNTS_SHAPE = {
  accounts: 'integer',
  account_space: 'integer',
  shared_values: 'integer',
  holdings: 'integer',
} as const;

async function readCounts(db: Db, call: CallOptions) {
  const [counts] = await db.query(statements.countIdentity(), COUNTS_SHAPE, call);
  if (counts === undefined) throw new RangeError('invalid counts: no row');
  return counts;
}

async function readKinds(db: Db, values: number, call: CallOptions) {
  const rows = await db.query(
    statements.sharedByKind(),
    { kind: 'text', first_value: 'integer', shared: 'integer' },
    call,
  );
  const keyKinds = rows.map(({ kind }) => keyKindOf(kind));
  return { keyKinds, kindStarts: Int32Array.of(...rows.map(({ first_value }) => first_value), values) };
}

function keyKindOf(text: string): KeyKind {
  const kind = KEY_KINDS.find((candidate) => candidate === text);
  if (kind === undefined) throw new RangeError(`invalid kind of key: ${text}`);
  return kind;
}

/** In pages, so that reading millions of rows never holds up the page. */
async function readHoldings(
  db: Db,
  counts: { readonly account_space: number; readonly shared_values: number; readonly holdings: number },
  kindStarts: Int32Array,
  call: CallOptions,
): Promise<Holdings> {
  const holders = new Int32Array(counts.holdings);
  const starts = new Int32Array(counts.shared_values + 1);
  for (let from = 0; from < counts.holdings; from += HOLDINGS_PAGE) {
    const page = await db.columns(statements.holdings(from, from + HOLDINGS_PAGE), statements.HOLDINGS_SHAPE, call);
    holders.set(page.account_key, from);
    for (const value of page.value_key) starts[value + 1]!++;
  }
  for (let value = 0; value < counts.shared_values; value++) starts[value + 1]! += starts[value]!;
  return { accountCount: counts.account_space, kindStarts, starts, holders };
}

async function readKindCounts(
  db: Db,
  keyKinds: readonly KeyKind[],
  { kindStarts, starts }: Holdings,
  call: CallOptions,
): Promise<readonly KindCount[]> {
  const rows = await db.query(
    statements.kindCounts(),
    { kind: 'text', entries: 'integer', placeholders: 'integer', malformed: 'integer' },
    call,
  );
  const order = (kind: string): number => {
    const place = (PERSON_ROLES as readonly string[]).indexOf(kind);
    return place < 0 ? PERSON_ROLES.length : place;
  };
  return rows
    .map((row) => {
      if (!(KEY_KINDS as readonly string[]).includes(row.kind)) return { ...row, distinctValues: null };
      const usable = row.entries - row.placeholders - row.malformed;
      const place = (keyKinds as readonly string[]).indexOf(row.kind);
      if (place < 0) return { ...row, distinctValues: usable };
      const [first, end] = [kindStarts[place]!, kindStarts[place + 1]!];
      // Each value that is held several times is counted once.
      return { ...row, distinctValues: usable - (starts[end]! - starts[first]!) + (end - first) };
    })
    .toSorted((a, b) => order(a.kind) - order(b.kind));
}

async function readUnusable(db: Db, call: CallOptions): Promise<readonly UnusableValue[]> {
  const rows = await db.query(
    statements.unusableValues(MOST_UNUSABLE),
    { kind: 'text', value: 'text', unusable: 'text', accounts: 'integer' },
    call,
  );
  return rows.map((row) => ({ ...row, unusable: row.unusable === 'placeholder' ? 'placeholder' : 'malformed' }));
}
