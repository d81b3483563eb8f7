import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { findProbablePairs } from '../../../../src/ingest/identity/find-pairs';
import { DEFAULT_CHOICES, type IdentityChoices } from '../../../../src/ingest/identity/identity-choices';
import { identityInProcess } from '../../../../src/ingest/identity/identity-work';
import { prepareIdentity, type PreparedIdentity } from '../../../../src/ingest/identity/prepare-identity';
import { resolveIdentity, type ResolvedIdentity } from '../../../../src/ingest/identity/resolve-identity';
import { SAMPLES } from '../../../../src/samples/sample';
import { sampleFiles } from '../../../../src/samples/sample-files';
import { openAccounts, type TestAccount } from '../../../support/identity-tables';
import { cellsOf, fileNamed, fileOfKind, textOf } from '../../../unit/samples/naive-csv';

const STORE_PHONE = '14200000001';

/** Who an account of the test is in truth. */
interface KnownAccount extends TestAccount {
  readonly person: string;
}

describe.each(['en', 'zh'] as const)('the sample’s people (%s)', (locale) => {
  let db: Db;
  let accounts: readonly KnownAccount[];
  let prepared: PreparedIdentity;
  let byKeys: ResolvedIdentity;

  beforeAll(async () => {
    accounts = readAccounts(locale);
    db = createNodeDb();
    await openAccounts(db, accounts);
    prepared = await prepareIdentity(db, identityInProcess, { sameNumbers: true, foldGmail: false });
    byKeys = await resolveIdentity(db, identityInProcess, prepared, DEFAULT_CHOICES, null);
  });

  afterAll(() => db.close());

  it('are found by their keys: precision and recall over every two accounts with a key in common', async () => {
    const truth = accounts.map(({ person }) => person);
    const linkable = linkedByHand(accounts);
    const { precision } = pairwise(byKeys.labels, truth);
    const { recall } = pairwise(byKeys.labels, linkable);
    print(`${locale} by keys: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.99);
    const rows = await db.query(sql`SELECT count(*) AS n FROM customers`, { n: 'integer' });
    expect(rows[0]?.n).toBe(new Set(byKeys.labels).size);
  });

  it('are found with slips of the pen by probable pairs: precision and recall over everybody', async () => {
    const choices: IdentityChoices = { ...DEFAULT_CHOICES, probable: { ...DEFAULT_CHOICES.probable, isOn: true } };
    const pairs = await findProbablePairs(db, identityInProcess, byKeys, choices.probable.reviewFrom);
    const resolved = await resolveIdentity(db, identityInProcess, prepared, choices, pairs);
    const truth = accounts.map(({ person }) => person);
    const all = pairwise(resolved.labels, truth);
    const before = pairwise(byKeys.labels, truth);
    const planted = plantedPairs(accounts, byKeys.labels);
    const found = planted.filter(([a, b]) => resolved.labels[a] === resolved.labels[b]);
    const taken = Array.from(pairs.left, (a, i) => [a, pairs.right[i]!] as const).filter(
      ([a, b]) => resolved.labels[a] === resolved.labels[b],
    );
    const right = taken.filter(([a, b]) => truth[a] === truth[b]);
    print(
      `${locale} with probable pairs: precision ${all.precision.toFixed(4)}, recall ${all.recall.toFixed(4)} (by keys ${before.recall.toFixed(4)}); planted pairs found ${found.length} of ${planted.length}, pairs taken ${taken.length}, of them right ${right.length}`,
    );
    expect(all.precision).toBeGreaterThanOrEqual(0.95);
    expect(right.length / taken.length).toBeGreaterThanOrEqual(0.95);
    expect(found.length / planted.length).toBeGreaterThanOrEqual(0.95);
  });
});

/** Members as cards, the orders' numbers, and what each visit of the app said, with the person behind each. */
function readAccounts(locale: 'en' | 'zh'): KnownAccount[] {
  const { seed, customers, asOf } = SAMPLES.retail;
  const files = sampleFiles('retail', { seed, customers, asOf, locale });
  const rows = (kind: 'members' | 'orders' | 'events') => cellsOf(textOf(fileOfKind(files, kind))).slice(1);
  const truth = new Map(
    cellsOf(textOf(fileNamed(files, 'lantern-truth-members.csv'))).map(([number = '', person = '']) => [
      number,
      person,
    ]),
  );
  const personOf = (number: string): string => truth.get(number) ?? 'nobody';
  const accounts: KnownAccount[] = rows('members').map((cells) => {
    const [
      number = '',
      name = '',
      gender = '',
      phone = '',
      email = '',
      birthday = '',
      city = '',
      level = '',
      ,
      at = '',
      ,
      openid = '',
    ] = cells;
    const ids = { member: number, name, phone, email, birthday, openid };
    return {
      person: personOf(number),
      ids: Object.entries(ids).filter(([, value]) => value !== ''),
      city,
      gender,
      level,
      registeredAt: at,
    };
  });
  for (const number of new Set(rows('orders').map((cells) => cells[1] ?? ''))) {
    if (truth.has(number)) accounts.push({ person: personOf(number), ids: [['customer', number]] });
  }
  // Visits: different combinations of who is said to be there.
  const personOfDevice = new Map<string, string>();
  const visits = new Map<string, readonly [string, string, string]>();
  for (const [, , number = '', openid = '', device = ''] of rows('events')) {
    visits.set([number, openid, device].join(' '), [number, openid, device]);
    if (number !== '') personOfDevice.set(device.slice(1), personOf(number));
  }
  for (const [number, openid, device] of visits.values()) {
    const ids = { member: number, openid, device };
    accounts.push({
      // A device is a person's own: its number after the letter is theirs alone.
      person: personOfDevice.get(device.slice(1)) ?? `device ${device.slice(1)}`,
      ids: Object.entries(ids).filter(([, value]) => value !== ''),
    });
  }
  return accounts;
}

/** The figures are part of the proof, so they are printed. */
function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Rates {
  readonly precision: number;
  readonly recall: number;
}

/** Over all pairs of accounts: how many that are together should be, and how many that should be are. */
function pairwise(labels: ArrayLike<number>, truth: readonly (string | number)[]): Rates {
  const pairsIn = (keys: readonly string[]): number => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const together = pairsIn(truth.map((_, i) => String(labels[i])));
  const wanted = pairsIn(truth.map(String));
  const both = pairsIn(truth.map((person, i) => `${person} ${labels[i]}`));
  return { precision: both / together, recall: both / wanted };
}

/** Who the keys can join, by a plain walk: same person in truth, and a number, telephone, address, openid or device in common. */
function linkedByHand(accounts: readonly KnownAccount[]): number[] {
  const plain = ([kind, value]: readonly [string, string]): string => {
    if (kind === 'phone') return `phone ${value.replace(/\D/g, '').slice(-11)}`;
    return `${kind === 'customer' ? 'member' : kind} ${value.toLowerCase()}`;
  };
  const labels = accounts.map((_, i) => i);
  for (let changed = true; changed;) {
    changed = false;
    const least = new Map<string, number>();
    const keysOf = (i: number): string[] =>
      accounts[i]!.ids.filter(([kind]) => kind !== 'name' && kind !== 'birthday').map(
        (id) => `${accounts[i]!.person} ${plain(id)}`,
      );
    accounts.forEach((_, i) => {
      for (const key of keysOf(i)) least.set(key, Math.min(least.get(key) ?? i, labels[i]!));
    });
    accounts.forEach((_, i) => {
      const label = Math.min(labels[i]!, ...keysOf(i).map((key) => least.get(key)!));
      changed ||= label !== labels[i];
      labels[i] = label;
    });
  }
  return labels;
}

/**
 * The two cards of people who registered twice, where the keys did not find them and something beside the
 * name can tell: both cards have a telephone of their own, or a birthday, or an address.
 */
function plantedPairs(accounts: readonly KnownAccount[], labels: Int32Array): [number, number][] {
  const cards = new Map<string, number[]>();
  accounts.forEach(({ person, ids }, i) => {
    if (ids.some(([kind]) => kind === 'name')) cards.set(person, [...(cards.get(person) ?? []), i]);
  });
  const facts = (i: number): Set<string> =>
    new Set(
      accounts[i]!.ids.filter(
        ([kind, value]) => ['phone', 'birthday', 'email'].includes(kind) && value !== STORE_PHONE,
      ).map(([kind]) => kind),
    );
  return [...cards.values()].flatMap(([a, b]): [number, number][] =>
    b === undefined || labels[a!] === labels[b] || ![...facts(a!)].some((kind) => facts(b).has(kind)) ? [] : [[a!, b]],
  );
}
