import { page } from 'vitest/browser';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createBrowserDb } from '../../../../../src/db/duckdb-browser';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import type { Locale } from '../../../../../src/i18n/format';
import { analysisNeeds } from '../../../../../src/ingest/dataset/analysis-needs';
import type { DatasetFile } from '../../../../../src/ingest/dataset/dataset-files';
import { importDataset } from '../../../../../src/ingest/dataset/import-dataset';
import { matchRates } from '../../../../../src/ingest/dataset/match-rates';
import { createWorkerReader } from '../../../../../src/ingest/dataset/worker-reader';
import ingestWorkerUrl from '../../../../../src/ingest/ingest.worker?worker&url';
import { describeKindColumns } from '../../../../../src/ingest/kinds/kind-column';
import { guessKindRoles } from '../../../../../src/ingest/kinds/kind-roles';
import { isRoleKind, missingKindNeeds, type FileKind } from '../../../../../src/ingest/kinds/kinds';
import { recogniseKind } from '../../../../../src/ingest/kinds/recognise-kind';
import { previewFile } from '../../../../../src/ingest/preview';
import type { FileRow } from '../../../../../src/pages/room/files/file-rows';
import FilesTable from '../../../../../src/pages/room/files/FilesTable.svelte';
import JoinsPanel from '../../../../../src/pages/room/files/JoinsPanel.svelte';
import KindRoles from '../../../../../src/pages/room/files/KindRoles.svelte';
import NeedsPanel from '../../../../../src/pages/room/files/NeedsPanel.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../../../src/workers/spawn';
import { findings } from '../../import/accessibility';
import { stage } from '../../import/open-stage';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const reader = createWorkerReader(() => spawnModuleWorker(ingestWorkerUrl));

const lines = (...rows: readonly string[]): Blob => new Blob([rows.map((row) => `${row}\n`).join('')]);
const FILES = {
  'orders.csv': lines(
    'order_no,member_no,paid_time,paid_amount',
    ...Array.from(
      { length: 30 },
      (_, i) => `${1000 + i},${i % 6 === 5 ? '' : `M${i % 12}`},2024-01-${String(10 + (i % 18))},${i}.50`,
    ),
  ),
  'members.csv': lines(
    'member_no,name,gender,phone,birthday,level,points,registered_at',
    ...Array.from(
      { length: 10 },
      (_, i) => `M${i},王小明,f,1540000000${i},1990-0${1 + (i % 9)}-01,gold,${i * 10},2023-01-1${i % 10}`,
    ),
  ),
  'nps.csv': lines('date,member_no,nps', ...Array.from({ length: 12 }, (_, i) => `2024-02-1${i % 10},M${i},${i % 11}`)),
} as const;

async function lookAt(name: keyof typeof FILES) {
  const preview = await previewFile(FILES[name], name);
  const columns = describeKindColumns(preview.columns, preview.rows, preview.sampledRows, true);
  const recognised = recogniseKind(
    columns,
    preview.columns.map(({ role }) => role),
  );
  const guesses = isRoleKind(recognised.kind) ? guessKindRoles(columns, recognised.kind) : [];
  return { preview, recognised, guesses };
}

async function fileRows(): Promise<readonly FileRow[]> {
  const looks = await Promise.all((Object.keys(FILES) as (keyof typeof FILES)[]).map(lookAt));
  return looks.map(({ preview, recognised, guesses }, id) => ({
    id,
    name: preview.name,
    rows: preview.estimatedRows,
    isCounted: preview.wholeFileSampled,
    kind: recognised.kind,
    recognised,
    isKindChosen: false,
    missing: isRoleKind(recognised.kind)
      ? missingKindNeeds(
          recognised.kind,
          guesses.map(({ role }) => role),
        )
      : [],
    error: null,
  }));
}

beforeEach(() => page.viewport(1280, 900));
afterAll(() => db.close());

describe('the files of a dataset', () => {
  it.each(['en', 'zh'] as const)(
    'are listed in %s with what each holds, why, and whether it is ready',
    async (locale: Locale) => {
      const chosen: FileKind[] = [];
      const removed: number[] = [];
      const props = {
        files: await fileRows(),
        chosen: 1,
        onchoose: () => undefined,
        onkind: (_: number, kind: FileKind) => chosen.push(kind),
        onremove: (index: number) => removed.push(index),
      };
      const screen = await stage(FilesTable, props, new I18n(locale));
      const words =
        locale === 'en'
          ? {
              kind: 'What members.csv holds',
              ready: 'ready',
              why: /every row is about another person/,
              remove: 'Remove nps.csv from the dataset',
            }
          : { kind: 'members.csv 的内容', ready: '就绪', why: /每行是不同的人/, remove: '从数据集中移除 nps.csv' };
      await expect.element(screen.getByLabelText(words.kind)).toHaveValue('members');
      await expect.element(screen.getByText(words.why)).toBeVisible();
      expect(screen.getByText(words.ready, { exact: true }).elements()).toHaveLength(3);
      await screen.getByLabelText(words.kind).selectOptions('events');
      expect(chosen).toEqual(['events']);
      await screen.getByRole('button', { name: words.remove }).click();
      expect(removed).toEqual([2]);
      expect(await findings()).toEqual([]);
      await page.viewport(390, 800);
      await expect.element(screen.getByText(words.why)).toBeVisible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
      expect(await findings()).toEqual([]);
    },
  );

  it('say what a file still needs', async () => {
    const [orders] = await fileRows();
    const files = [{ ...orders, missing: ['customer', 'amount'] }];
    const props = {
      files,
      chosen: null,
      onchoose: () => undefined,
      onkind: () => undefined,
      onremove: () => undefined,
    };
    const screen = await stage(FilesTable, props, new I18n('en'));
    await expect.element(screen.getByText('still needs a customer and an amount')).toBeVisible();
  });
});

describe('the columns of a file', () => {
  it('show what they mean, how they are read, and nobody’s number in full', async () => {
    const { preview, guesses } = await lookAt('members.csv');
    const columns = preview.columns.map(({ timeFormat, numberFormat }, i) => ({
      role: guesses[i]?.role ?? 'ignore',
      timeFormat,
      numberFormat,
    }));
    const given: string[] = [];
    const props = {
      kind: 'members',
      preview,
      columns,
      guesses,
      zoneOffsetMinutes: 480,
      onrole: (column: number, role: string) => given.push(`${column} ${role}`),
      ontimeformat: () => undefined,
      onnumberformat: () => undefined,
    };
    const screen = await stage(KindRoles, props, new I18n('en'));
    await expect.element(screen.getByLabelText('Meaning of phone')).toHaveValue('phone');
    await expect.element(screen.getByRole('cell', { name: '1990-**-**' }).first()).toBeVisible();
    expect(document.body.textContent).not.toMatch(/15400000000|1990-01-01|January 1, 1990/);
    await screen.getByLabelText('Meaning of level').selectOptions('ignore');
    expect(given).toEqual(['5 ignore']);
    expect(await findings()).toEqual([]);
    await page.viewport(390, 800);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    expect(await findings()).toEqual([]);
  });
});

describe('how the files meet', () => {
  it('is counted over the real engine, the files read in workers', async () => {
    const dialect = { encoding: 'utf-8', delimiter: ',', hasHeader: true } as const;
    const column = <R extends string>(role: R) => ({ role, timeFormat: 'ymd', numberFormat: 'point' }) as const;
    const files: DatasetFile[] = [
      {
        blob: FILES['orders.csv'],
        name: 'orders.csv',
        plan: {
          kind: 'orders',
          mapping: {
            dialect,
            columns: [column('orderId'), column('customerId'), column('orderedAt'), column('amount')],
            zoneOffsetMinutes: 480,
          },
          customerRole: 'member',
          people: [],
        },
      },
      {
        blob: FILES['members.csv'],
        name: 'members.csv',
        plan: {
          kind: 'members',
          mapping: {
            kind: 'members',
            dialect,
            columns: [
              column('member'),
              column('name'),
              column('gender'),
              column('phone'),
              column('birthday'),
              column('level'),
              column('points'),
              column('registeredAt'),
            ],
            zoneOffsetMinutes: 480,
          },
        },
      },
    ];
    const { join, renamed } = await importDataset(db, reader, files);
    const rates = await matchRates(db);
    const screen = await stage(JoinsPanel, { rates, join, renamed }, new I18n('en'));
    // By hand: of 30 orders every sixth names nobody; the 25 others are of M0..M4 and M6..M10, and M10 with two orders is in no list.
    await expect.element(screen.getByRole('img', { name: 'orders to member: 23 of 25 found' })).toBeVisible();
    await expect.element(screen.getByText('5 do not say')).toBeVisible();
    // 10 members, of whom M5 never ordered.
    await expect.element(screen.getByRole('img', { name: 'members to orders: 9 of 10 found' })).toBeVisible();
    expect(await findings()).toEqual([]);
    await page.viewport(390, 800);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });

  it('tells what can be analysed and which data is lacking', async () => {
    const states = analysisNeeds([{ kind: 'orders', roles: ['customerId', 'orderedAt', 'amount', 'orderId'] }]);
    const screen = await stage(NeedsPanel, { states }, new I18n('en'));
    await expect
      .element(screen.getByText('lacks survey answers, reviews or tickets and scores on the feedback'))
      .toBeVisible();
    // RFM, cohorts, tags, drivers, lifetime value and the forecast.
    await expect.element(screen.getByText('6 of 12 analyses have what they need.')).toBeVisible();
    expect(await findings()).toEqual([]);
  });
});
