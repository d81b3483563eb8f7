import { sql } from '../../../../../src/core/sql';
import { createBrowserDb } from '../../../../../src/db/duckdb-browser';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import type { Locale } from '../../../../../src/i18n/format';
import { createIdentityWorkers } from '../../../../../src/ingest/identity/identity-workers';
import identityWorkerUrl from '../../../../../src/ingest/identity/identity.worker?worker&url';
import IdentityPage from '../../../../../src/pages/room/identity/IdentityPage.svelte';
import { IdentitySession } from '../../../../../src/state/identity.svelte';
import { RevealLog } from '../../../../../src/state/reveals.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../../../src/workers/spawn';
import { openAccounts, type TestAccount } from '../../../../support/identity-tables';
import { stage, type StageScreen } from '../../import/open-stage';

export const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
export const work = createIdentityWorkers(() => spawnModuleWorker(identityWorkerUrl));

const FAMILY = Array.from('王李张刘陈杨赵黄周吴');
const GIVEN = Array.from('伟芳娜敏静丽强磊军洋');

/** Two hundred members who have nothing in common, so that there are strangers to compare with. */
function strangers(): TestAccount[] {
  return Array.from({ length: 200 }, (_, i) => ({
    ids: [
      ['member', `S${1000 + i}`],
      ['name', `${FAMILY[i % 10]}${GIVEN[Math.floor(i / 10) % 10]}${GIVEN[(i * 7 + 3) % 10]}`],
      ['phone', `154${String(20_000_000 + i * 314_159).padStart(8, '0')}`],
      ['birthday', `19${50 + (i % 50)}-0${1 + (i % 9)}-${10 + (i % 18)}`],
    ],
    city: i % 2 === 0 ? '上海' : '杭州',
    registeredAt: '2024-01-01 10:00:00',
  }));
}

const PEOPLE: readonly TestAccount[] = [
  {
    ids: [
      ['member', 'M1'],
      ['name', '王小明'],
      ['phone', '15400000011'],
      ['birthday', '1990-01-02'],
    ],
    city: '上海',
    registeredAt: '2024-01-01 10:00:00',
  },
  { ids: [['customer', 'M1']] },
  {
    ids: [
      ['member', 'M2'],
      ['name', '王 小明'],
      ['phone', '+86 154 0000 0011'],
    ],
    city: '杭州',
    registeredAt: '2025-01-01 10:00:00',
  },
  // One digit wrong, a character of the same sound, the same birthday: no key joins them.
  {
    ids: [
      ['member', 'M3'],
      ['name', '赵雨晨'],
      ['phone', '16455512345'],
      ['birthday', '1985-06-07'],
    ],
    city: '上海',
  },
  {
    ids: [
      ['member', 'M4'],
      ['name', '赵宇晨'],
      ['phone', '16455512354'],
      ['birthday', '1985-06-07'],
    ],
    city: '上海',
  },
  {
    ids: [
      ['member', 'M5'],
      ['name', '孙洁'],
      ['phone', '16477712345'],
      ['birthday', '1979-11-03'],
    ],
    city: '杭州',
  },
  {
    ids: [
      ['member', 'M6'],
      ['name', '孙杰'],
      ['phone', '16477712355'],
      ['birthday', '1979-03-11'],
    ],
    city: '杭州',
  },
  ...['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7'].map((number): TestAccount => ({
    ids: [
      ['member', number],
      ['phone', '14200000001'],
    ],
  })),
  {
    ids: [
      ['member', 'N1'],
      ['phone', '13800000000'],
    ],
  },
];

export const ACCOUNTS: readonly TestAccount[] = [...PEOPLE, ...strangers()];

/** Orders of the first accounts, in two channels, one of them without an account. */
export async function openOrders(): Promise<void> {
  await openAccounts(db, ACCOUNTS);
  await db.exec(sql`CREATE OR REPLACE TABLE order_lines AS
    SELECT * FROM (VALUES
      (0, 0, TIMESTAMP '2024-01-05 10:00:00', CAST(100.00 AS DECIMAL(18, 2)), '门店'),
      (1, 1, TIMESTAMP '2024-02-05 10:00:00', CAST(200.00 AS DECIMAL(18, 2)), 'APP'),
      (2, 3, TIMESTAMP '2024-02-06 10:00:00', CAST(500.00 AS DECIMAL(18, 2)), 'APP'),
      (3, NULL, TIMESTAMP '2024-02-07 10:00:00', CAST(200.00 AS DECIMAL(18, 2)), '门店')
    ) t(order_key, account_key, ordered_at, amount, channel)`);
}

export interface IdentityStage {
  readonly session: IdentitySession;
  readonly reveals: RevealLog;
  readonly i18n: I18n;
  readonly screen: StageScreen;
}

/** The page over the real engine and worker, resolved under the defaults. */
export async function openIdentityPage(locale: Locale = 'en'): Promise<IdentityStage> {
  await openOrders();
  const session = new IdentitySession(db, work);
  const reveals = new RevealLog();
  const i18n = new I18n(locale);
  const screen = await stage(IdentityPage, { session, reveals, now: () => 1_700_000_000_000 }, i18n);
  await session.begin();
  return { session, reveals, i18n, screen };
}
