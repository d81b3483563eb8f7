import { deleteDB } from 'idb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { sql } from '../../../../../src/core/sql';
import { createBrowserDb } from '../../../../../src/db/duckdb-browser';
import { createFileWriter, CSV } from '../../../../../src/exports/file-writer';
import { FileExporter } from '../../../../../src/exports/file-exporter';
import type { RowsSource } from '../../../../../src/exports/table-pages';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import { createValueWorker } from '../../../../../src/ingest/privacy/value-worker';
import workerUrl from '../../../../../src/ingest/privacy/privacy.worker?worker&url';
import { createPseudonymKeys } from '../../../../../src/library/pseudonym-key';
import PrivacyPage from '../../../../../src/pages/room/privacy/PrivacyPage.svelte';
import { PrivacySession } from '../../../../../src/state/privacy.svelte';
import { RevealLog } from '../../../../../src/state/reveals.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../../../src/workers/spawn';
import { readCsv } from '../../../../support/independent-csv';
import Stage from '../../import/Stage.svelte';
import { findings } from '../../import/accessibility';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const values = createValueWorker(() => spawnModuleWorker(workerUrl));
const SOURCE = {
  table: 'source_1',
  file: 'members.csv',
  columns: ['会员号', '姓名', '手机号', '生日', '收货地址', '城市', '备注'].map((name, i) => ({
    column: `c${i}`,
    name,
  })),
};
const PHONE = { name: '手机号', role: null, found: [] };
const MEMBERS: readonly (readonly (string | null)[])[] = [
  ['M001', '王小明', '13812345678', '1990-05-01', '广东省深圳市南山区科技园路1号', '深圳市', '请打13900001111'],
  ['M002', '李雷', '13900001111', '1985-12-31', '北京市朝阳区建国路88号', '北京市', '无特别要求，谢谢'],
  ['M003', '欧阳娜娜', '15012345678', null, '上海市浦东新区世纪大道1号', '上海市', null],
];

beforeAll(async () => {
  await db.exec(
    sql`CREATE TABLE source_1 (source_row INTEGER, c0 VARCHAR, c1 VARCHAR, c2 VARCHAR, c3 VARCHAR, c4 VARCHAR, c5 VARCHAR, c6 VARCHAR)`,
  );
  for (const [row, cells] of MEMBERS.entries()) {
    const [a = null, b = null, c = null, d = null, e = null, f = null, g = null] = cells;
    await db.exec(sql`INSERT INTO source_1 VALUES (${row}, ${a}, ${b}, ${c}, ${d}, ${e}, ${f}, ${g})`);
  }
});
afterAll(() => db.close());
afterEach(async () => {
  delete document.documentElement.dataset['theme'];
  await deleteDB('silhouette-pseudonyms');
});

async function open(i18n = new I18n('en')) {
  await page.viewport(1280, 900);
  const now = (): number => 1_700_000_000_000;
  const reveals = new RevealLog();
  const session = new PrivacySession({ db, keys: createPseudonymKeys(now), values, reveals, now });
  document.documentElement.lang = i18n.locale;
  const saved: File[] = [];
  const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
  const props = {
    session,
    sources: [SOURCE],
    asOf: '2024-03-01',
    write: (rows: RowsSource) => exporter.export(rows, CSV),
    onsave: (file: Blob, name: string) => saved.push(new File([file], name)),
  };
  const screen = await render(Stage, { props: { i18n, page: PrivacyPage, props } });
  await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent(/personal|个人信息/);
  return { session, reveals, screen, saved };
}

/** The protected copy of the file, as the page saves it. */
async function written({ screen, saved }: Awaited<ReturnType<typeof open>>): Promise<(string | null)[][]> {
  const before = saved.length;
  await screen.getByRole('button', { name: 'Save members.csv, protected' }).click();
  await expect.poll(() => saved.length).toBe(before + 1);
  expect(saved.at(-1)?.name).toBe('members-protected.csv');
  return readCsv((await saved.at(-1)?.text()) ?? '');
}

describe('the page of personal data', () => {
  it('says how many columns hold personal data, and what each is', async () => {
    const { screen } = await open();
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('6 columns hold personal data; all are masked.');
    for (const [name, kind] of [
      ['姓名', 'Chinese name'],
      ['手机号', 'Mobile phone'],
      ['生日', 'Date of birth'],
      ['收货地址', 'Address'],
      ['会员号', 'Customer number'],
      ['备注', 'Text that holds some'],
    ] as const) {
      await expect.element(screen.getByRole('row', { name: new RegExp(name) })).toHaveTextContent(kind);
    }
    expect(document.body.textContent).not.toMatch(/13812345678|王小明/);
  });

  it('masks every personal cell of a file, and writes it otherwise as it is told', async () => {
    const opened = await open();
    const { session, screen } = opened;
    expect((await written(opened)).slice(0, 2)).toEqual([
      ['会员号', '姓名', '手机号', '生日', '收货地址', '城市', '备注'],
      ['M**1', '王**', '138****5678', '1990-**-**', '广东省深圳市****', '深圳市', '请打139****1111'],
    ]);
    await screen.getByLabelText('What is seen of 会员号').selectOptions('Pseudonym');
    await screen.getByLabelText('What is seen of 姓名').selectOptions('Left out');
    await screen.getByLabelText('What is seen of 生日').selectOptions('Age band');
    await screen.getByLabelText('What is seen of 收货地址').selectOptions('City');
    // Three people make one band when five are the least, and one each when one is.
    await expect.poll(() => session.policy.columns.length).toBe(4);
    expect((await written(opened)).slice(1).map((row) => row[2])).toEqual(['0+', '0+', null]);
    session.setLeastCustomers(1);
    await screen.getByLabelText('What is seen of 生日').selectOptions('Year');
    await screen.getByLabelText('What is seen of 生日').selectOptions('Age band');
    await expect.poll(() => JSON.stringify(session.policy)).toContain('[0,18,25,35,45,55,65]');
    const rows = await written(opened);
    expect(rows[0]).toEqual(['会员号', '手机号', '生日', '收货地址', '城市', '备注']);
    expect(rows.slice(1).map((row) => row.slice(1, 4))).toEqual([
      ['138****5678', '25-34', '广东省深圳市'],
      ['139****1111', '35-44', '北京市'],
      ['150****5678', null, '上海市'],
    ]);
    expect(new Set(rows.slice(1).map(([id]) => id)).size).toBe(3);
    for (const [id] of rows.slice(1)) expect(id).toMatch(/^P-[0-9A-Z]{20}$/);
  });

  it('shows a column in full only after a second word, notes it, and takes it back by keyboard', async () => {
    const { session, reveals, screen } = await open();
    const choice = screen.getByLabelText('What is seen of 手机号');
    await choice.selectOptions('Shown in full');
    await screen.getByRole('button', { name: 'Keep it masked' }).click();
    await expect.element(choice).toHaveValue('mask');
    expect(reveals.list).toEqual([]);
    await choice.selectOptions('Shown in full');
    await screen.getByRole('button', { name: 'Show in full' }).click();
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('5 are masked, 1 is shown in full.');
    await expect.element(screen.getByRole('cell', { name: 'members.csv · 手机号' })).toBeVisible();
    expect(session.maskOf('members.csv', PHONE, '2024-03-01')('13812345678')).toBe('13812345678');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('all are masked.');
    expect(session.maskOf('members.csv', PHONE, '2024-03-01')('13812345678')).toBe('138****5678');
  });

  it('shows the fingerprint of the key, keeps it for the next visit, and makes another when asked twice', async () => {
    const { session, screen } = await open();
    const first = session.key?.fingerprint ?? '';
    await expect.element(screen.getByText(first)).toBeVisible();
    await screen.unmount();
    const again = await open();
    await expect.poll(() => again.session.key?.fingerprint).toBe(first);
    await again.screen.getByRole('button', { name: 'Make a new key' }).click();
    await again.screen.getByRole('button', { name: 'Make it' }).click();
    await expect.poll(() => again.session.key?.fingerprint).not.toBe(first);
  });

  it('takes a k, and says what it needs where it cannot', async () => {
    const { session, screen } = await open();
    const field = screen.getByLabelText('Withhold figures of fewer than');
    await field.fill('0');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('A whole number from 1 to 1,000.')).toBeVisible();
    await field.fill('11');
    await userEvent.keyboard('{Enter}');
    expect(session.leastCustomers).toBe(11);
  });

  it('leaves nothing for axe-core to find, in both languages and themes, wide and narrow', async () => {
    for (const locale of ['en', 'zh'] as const) {
      const { session, screen } = await open(new I18n(locale));
      session.noteFile('Everyone');
      expect(await findings()).toEqual([]);
      await screen.unmount();
    }
  });
});
