import { ident, integerConstant, join, sql, type Sql } from '../../core/sql';
import { encodeBatch } from '../../db/arrow-ipc';
import type { CallOptions, Db } from '../../db/db';
import { REFUSALS, type ClusterRules, type Refusal, type UniqueFact } from '../../kernels/identity/resolve-clusters';
import { poolOfTexts } from '../canonical/text-pool';
import * as statements from './customers.sql';
import {
  UNIQUE_FACTS,
  type AccountName,
  type IdentityChoices,
  type KeyChoice,
  type KeyKind,
  type PairDecision,
  type UniqueFactKind,
} from './identity-choices';
import type { ClusterAnswer, IdentityWork } from './identity-work';
import type { IdentityOptions, PreparedIdentity } from './prepare-identity';
import type { ProbablePairs } from './pair-finder';

/** A value that did not put all who hold it together. */
export interface Culprit {
  readonly kind: KeyKind;
  /** In its normal form. */
  readonly value: string;
  readonly refusal: Refusal;
  readonly accounts: number;
  /** Customers among whom it stood when its turn came. */
  readonly customers: number;
}

export interface ResolvedIdentity {
  readonly accounts: number;
  readonly customers: number;
  /** Customers of more than one account. */
  readonly merged: number;
  readonly largest: number;
  /** The most accounts first, at most MOST_CULPRITS; `culpritCount` is all of them. */
  readonly culprits: readonly Culprit[];
  readonly culpritCount: number;
  readonly culpritsBy: Readonly<Record<Refusal, number>>;
  /** Customers that hold two values of a fact of which a person has one; labels of their accounts. */
  readonly conflicts: Readonly<Record<UniqueFactKind, Int32Array>>;
  /** Decisions by hand that contradict one another. */
  readonly contradictions: readonly PairDecision[];
  /** The accounts of the decisions by hand; some have several, which are called the same. */
  readonly decided: readonly DecidedAccounts[];
  /** Decisions by hand whose accounts are not in the data any more. */
  readonly decisionsWithoutAccounts: number;
  /** Probable pairs that were taken without a person looking. */
  readonly acceptedPairs: number;
  /** The customer of each account, named by its smallest account. */
  readonly labels: Int32Array;
  /** Numbers of the values that were passed over as shared by too many. */
  readonly sharedValues: Int32Array;
}

export interface DecidedAccounts {
  readonly left: number;
  readonly right: number;
  readonly decision: PairDecision;
}

export const MOST_CULPRITS = 500;

/**
 * Decides which accounts are one customer and writes it: accounts.customer_key, customers and identities.
 * Nothing else is changed, so that another choice takes apart again what this one put together; the
 * table `purchases` names former customers and is dropped. On failure everything is as before.
 *
 * @param probable the pairs of a search, of which those as sure as the choices ask are taken; null for none
 */
export async function resolveIdentity(
  db: Db,
  work: IdentityWork,
  prepared: PreparedIdentity,
  choices: IdentityChoices,
  probable: ProbablePairs | null,
  { signal, onProgress }: IdentityOptions = {},
): Promise<ResolvedIdentity> {
  const call = { signal };
  const { rules, facts, decided, without } = await rulesOf(db, prepared, choices, probable, call);
  onProgress?.(0.1);
  const answer = await work.cluster(prepared.holdings, rules, signal);
  onProgress?.(0.3);
  await writeCustomers(db, answer, keysByTrust(prepared, choices), call, (share) => onProgress?.(0.3 + 0.6 * share));
  const [counts] = await db.query(
    statements.countCustomers(),
    { customers: 'integer', accounts: 'integer', merged: 'integer', largest: 'integer' },
    call,
  );
  const culprits = await readCulprits(db, answer, call);
  onProgress?.(1);
  const conflictsOf = (fact: UniqueFactKind): Int32Array => answer.conflicts[facts.indexOf(fact)] ?? new Int32Array(0);
  return {
    accounts: counts?.accounts ?? 0,
    customers: counts?.customers ?? 0,
    merged: counts?.merged ?? 0,
    largest: counts?.largest ?? 0,
    culprits,
    culpritCount: answer.refusedValues.length,
    culpritsBy: countRefusals(answer),
    conflicts: { 'id-card': conflictsOf('id-card'), birthday: conflictsOf('birthday') },
    contradictions: decisionsOf(answer.contradictions, decided),
    decided,
    decisionsWithoutAccounts: without,
    acceptedPairs: answer.accepted.reduce((sum, isOne) => sum + isOne, 0),
    labels: answer.labels,
    sharedValues: answer.refusedValues.filter((_, place) => REFUSALS[answer.refusals[place]!] === 'shared'),
  };
}

/** The decisions to which pairs of `together` belong. */
function decisionsOf(pairs: Int32Array, decided: readonly DecidedAccounts[]): readonly PairDecision[] {
  const same = decided.filter(({ decision }) => decision.verdict === 'same');
  return [...new Set(Array.from(pairs, (pair) => same[pair]!.decision))];
}

/** The kinds that there are by which a customer may be named, the most trusted first; those that are off come last. */
function keysByTrust({ kinds }: PreparedIdentity, choices: IdentityChoices): readonly KeyKind[] {
  const present = choices.keys.filter(({ key }) => kinds.some(({ kind }) => kind === key));
  return [...present.filter(isUsed), ...present.filter((key) => !isUsed(key))].map(({ key }) => key);
}

function isUsed({ isOn }: KeyChoice): boolean {
  return isOn;
}

async function rulesOf(
  db: Db,
  { holdings, keyKinds, kinds }: PreparedIdentity,
  choices: IdentityChoices,
  probable: ProbablePairs | null,
  call: CallOptions,
) {
  const keys = choices.keys.filter((choice) => choice.isOn && keyKinds.includes(choice.key));
  const merging = choices.keys.filter((choice) => choice.isOn && choice.use === 'merge').map(({ key }) => key);
  const strong = new Uint8Array(holdings.accountCount);
  if (keys.some(({ use }) => use === 'attach') && merging.length > 0) {
    const rows = await db.columns(statements.strongAccounts(merging), { account_key: 'integer' }, call);
    for (const account of rows.account_key) strong[account] = 1;
  }
  const facts = UNIQUE_FACTS.filter(
    (fact) => choices.conflicts[fact] !== 'ignore' && kinds.some(({ kind }) => kind === fact),
  );
  const uniqueFacts: UniqueFact[] = [];
  for (const fact of facts) {
    const rows = await db.columns(statements.factCodes(fact), { account_key: 'integer', code: 'integer' }, call);
    const codes = new Int32Array(holdings.accountCount).fill(-1);
    rows.account_key.forEach((account, i) => (codes[account] = rows.code[i]!));
    uniqueFacts.push({ codes, separates: choices.conflicts[fact] === 'separate' });
  }
  const { decided, without } = await decidedAccounts(db, choices, call);
  const rules: ClusterRules = {
    keys: keys.map(({ key, use, mostCustomers }) => ({
      kind: keyKinds.indexOf(key),
      use,
      mostCustomers: mostCustomers ?? Number.MAX_SAFE_INTEGER,
    })),
    mostAccounts: choices.mostAccounts,
    allowedValues: await allowedValues(db, choices, holdings.starts.length - 1, call),
    strong,
    uniqueFacts,
    together: pairsOf(decided, 'same'),
    apart: pairsOf(decided, 'different'),
    probable: choices.probable.isOn && probable !== null ? acceptedPairs(probable, choices.probable.acceptFrom) : NONE,
  };
  return { rules, facts, decided, without };
}

function pairsOf(decided: readonly DecidedAccounts[], verdict: PairDecision['verdict']): Int32Array {
  return Int32Array.from(
    decided.filter(({ decision }) => decision.verdict === verdict).flatMap(({ left, right }) => [left, right]),
  );
}

const NONE = new Int32Array(0);

/** The pairs as sure as `acceptFrom`, of which neither side has a likelier partner. */
export function acceptedPairs({ left, right, chances, mutual }: ProbablePairs, acceptFrom: number): Int32Array {
  const pairs: number[] = [];
  chances.forEach((chance, i) => {
    if (chance >= acceptFrom && mutual[i] === 1) pairs.push(left[i]!, right[i]!);
  });
  return Int32Array.from(pairs);
}

async function allowedValues(db: Db, choices: IdentityChoices, values: number, call: CallOptions): Promise<Uint8Array> {
  const { allowedValues: allowed } = choices.decisions;
  if (allowed.length === 0) return new Uint8Array(0);
  const rows = await db.query(statements.valueKeys(allowed), { value_key: 'integer' }, call);
  const flags = new Uint8Array(values);
  for (const { value_key } of rows) flags[value_key] = 1;
  return flags;
}

/** The accounts of the pairs decided by hand, found by their names. */
async function decidedAccounts(db: Db, choices: IdentityChoices, call: CallOptions) {
  const { pairs } = choices.decisions;
  const decided: DecidedAccounts[] = [];
  if (pairs.length === 0) return { decided, without: 0 };
  const found = await accountsOfNames(
    db,
    pairs.flatMap(({ left, right }) => [left, right]),
    call,
  );
  let without = 0;
  pairs.forEach((decision, position) => {
    const [lefts = [], rights = []] = [found[2 * position], found[2 * position + 1]];
    if (lefts.length === 0 || rights.length === 0) without++;
    for (const left of lefts) {
      for (const right of rights) if (left !== right) decided.push({ left, right, decision });
    }
  });
  return { decided, without };
}

async function accountsOfNames(db: Db, names: readonly AccountName[], call: CallOptions): Promise<readonly number[][]> {
  const rows = names.flatMap((name, key) => name.map(([kind, value]) => ({ key, kind, value })));
  await db.exec(statements.createWantedNames(), call);
  const ipc = encodeBatch(
    {
      name_key: { kind: 'integer', values: Int32Array.from(rows, ({ key }) => key) },
      kind: { kind: 'strings', pool: poolOfTexts(rows.map(({ kind }) => kind)) },
      value: { kind: 'strings', pool: poolOfTexts(rows.map(({ value }) => value)) },
    },
    rows.length,
  );
  await db.append('identity_wanted', ipc, call);
  const found = await db.query(statements.accountsByName(), { name_key: 'integer', account_key: 'integer' }, call);
  await db.exec(sql`DROP TABLE identity_wanted`);
  const accounts: number[][] = names.map(() => []);
  for (const { name_key, account_key } of found) accounts[name_key]?.push(account_key);
  return accounts;
}

async function writeCustomers(
  db: Db,
  answer: ClusterAnswer,
  kinds: readonly KeyKind[],
  call: CallOptions,
  onShare: (share: number) => void,
): Promise<void> {
  const steps = [
    statements.createNames(),
    statements.createContested(),
    statements.createUnnamed(),
    ...kinds.flatMap((kind, rank) => [statements.insertNames(kind, rank), statements.keepUnnamed()]),
    statements.insertNumbers(kinds.length),
    statements.createResolvedCustomers(),
    statements.createResolvedAccounts(),
  ];
  try {
    await db.exec(statements.createLabels(), call);
    await db.append('identity_labels', answer.labelsIpc, call);
    for (const [i, step] of steps.entries()) {
      await db.exec(step, call);
      onShare((i + 1) / steps.length);
    }
    // Not interrupted: it only renames.
    await db.exec(statements.swapResolved());
    await db.exec(statements.createIdentities());
  } catch (error) {
    await db.exec(sql`ROLLBACK`).catch(() => undefined);
    for (const drop of statements.dropResolved()) await db.exec(drop).catch(() => undefined);
    throw error;
  } finally {
    for (const table of statements.SCRATCH_TABLES) {
      await db.exec(sql`DROP TABLE IF EXISTS ${ident(table)}`).catch(() => undefined);
    }
  }
}

async function readCulprits(db: Db, answer: ClusterAnswer, call: CallOptions): Promise<readonly Culprit[]> {
  const places = new Map(Array.from(answer.refusedValues, (value, place) => [value, place] as const));
  const most = [...places.values()]
    .sort((a, b) => answer.refusedCustomers[b]! - answer.refusedCustomers[a]! || a - b)
    .slice(0, MOST_CULPRITS);
  if (most.length === 0) return [];
  const rows = await db.query(
    statements.valuesByKey(constants(most.map((place) => answer.refusedValues[place]!))),
    { value_key: 'integer', kind: 'text', value: 'text', accounts: 'integer' },
    call,
  );
  const culprits = rows.map(({ value_key, kind, value, accounts }) => {
    const place = places.get(value_key) ?? 0;
    return {
      kind: kind as KeyKind,
      value,
      accounts,
      refusal: REFUSALS[answer.refusals[place]!]!,
      customers: answer.refusedCustomers[place]!,
    };
  });
  return culprits.toSorted((a, b) => b.customers - a.customers || b.accounts - a.accounts);
}

function constants(keys: readonly number[]): Sql {
  return join(keys.map((key) => integerConstant(key)));
}

function countRefusals({ refusals }: ClusterAnswer): Readonly<Record<Refusal, number>> {
  const counts = { shared: 0, 'too-large': 0, conflict: 0, apart: 0 };
  for (const refusal of refusals) counts[REFUSALS[refusal]!]++;
  return counts;
}
