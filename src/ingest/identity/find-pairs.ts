import { integerConstant, join, sql } from '../../core/sql';
import { encodeBatch } from '../../db/arrow-ipc';
import type { CallOptions, Db } from '../../db/db';
import type { Row } from '../../db/shape';
import type { IdentityWork } from './identity-work';
import { DEFAULT_SEARCH, type PairSearch, type ProbablePairs } from './pair-finder';
import * as statements from './pairs.sql';
import type { IdentityOptions } from './prepare-identity';
import type { ResolvedIdentity } from './resolve-identity';

/** An account as it was compared; '' where a fact is unknown. */
export type ComparedAccount = Row<typeof statements.RECORDS_SHAPE>;

const RECORDS_PAGE = 20_000;
/** Of the progress, the part that is reading. */
const READING_SHARE = 0.4;

/**
 * Looks for accounts that are probably one customer although no key joined them. Leaves the table
 * identity_records, which says what was compared; changes nothing else.
 *
 * Cost: grows with the accounts that have two facts or more and with the pairs that share a block; 12,000
 * members take about a second.
 */
export async function findProbablePairs(
  db: Db,
  work: IdentityWork,
  resolved: ResolvedIdentity,
  leastChance: number,
  { signal, onProgress }: IdentityOptions = {},
): Promise<ProbablePairs> {
  const call = { signal };
  const search: PairSearch = { ...DEFAULT_SEARCH, leastChance };
  await createRecords(db, resolved, call);
  const [count] = await db.query(sql`SELECT count(*) AS n FROM identity_records`, { n: 'integer' }, call);
  const records = count?.n ?? 0;
  const pairs = work.openPairs();
  try {
    for (let from = 0; from < records; from += RECORDS_PAGE) {
      const page = await db.columns(statements.records(from, from + RECORDS_PAGE), statements.RECORDS_SHAPE, call);
      const { account_key, ...facts } = page;
      await pairs.add({ accounts: Int32Array.from(account_key), ...facts }, signal);
      onProgress?.((READING_SHARE * Math.min(records, from + RECORDS_PAGE)) / records);
    }
    const found = await pairs.find(resolved.labels, search, signal);
    onProgress?.(1);
    return found;
  } finally {
    pairs.close();
  }
}

async function createRecords(db: Db, resolved: ResolvedIdentity, call: CallOptions): Promise<void> {
  await db.exec(statements.createSharedList(), call);
  const { sharedValues } = resolved;
  if (sharedValues.length > 0) {
    const ipc = encodeBatch({ value_key: { kind: 'integer', values: sharedValues } }, sharedValues.length);
    await db.append('identity_shared', ipc, call);
  }
  const columns = await db.query(statements.columnsOf('members'), { column_name: 'text' }, call);
  const names = columns.map(({ column_name }) => column_name);
  await db.exec(statements.createRecords(names.includes('account_key') && names.includes('city')), call);
}

/** What was compared of these accounts, by account key. */
export async function comparedAccounts(
  db: Db,
  accounts: readonly number[],
  options: CallOptions = {},
): Promise<ReadonlyMap<number, ComparedAccount>> {
  if (accounts.length === 0) return new Map();
  const keys = join(accounts.map((account) => integerConstant(account)));
  const rows = await db.query(statements.recordsOf(keys), statements.RECORDS_SHAPE, options);
  return new Map(rows.map((row) => [row.account_key, row]));
}
