import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import { EXTRACT_NOTES, type ExtractNote, type TableInFile } from '../../../../../src/ingest/extract/extract-contract';
import { findings } from '../../import/accessibility';
import ExtractStage from './ExtractStage.svelte';

const TABLES: readonly TableInFile[] = [
  { id: '说明', name: '说明', rows: 12, columns: 1 },
  { id: '订单', name: '订单', rows: 12_345, columns: 14 },
  { id: '会员', name: '会员', rows: 990, columns: 9 },
  { id: 'codes', name: 'codes', rows: 30, columns: 2, hidden: true },
  { id: 'Sheet3', name: 'Sheet3', rows: 0, columns: 0 },
];

const LINES = [
  { line: 1, cells: ['2024年1月订单明细', '', ''] },
  { line: 3, cells: ['导出时间', '2024-02-01', ''] },
  { line: 5, cells: ['订单号', '会员号', '实付金额', 'a', 'b', 'c', 'd', 'e', 'f', 'g'] },
  { line: 6, cells: ['430000000000000012', 'M1', '12.50'] },
  { line: 7, cells: ['430000000000000013', 'M2', '9.90'] },
];

const NOTES: readonly ExtractNote[] = EXTRACT_NOTES.map((kind, index) => ({
  kind,
  count: index * 700 + 1,
  names: ['金额'],
}));

let tables: (readonly string[])[];
let headers: object[];

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

async function stage(locale: 'en' | 'zh' = 'en', props: object = {}) {
  await page.viewport(1280, 900);
  tables = [];
  headers = [];
  return render(ExtractStage, {
    i18n: new I18n(locale),
    tables: TABLES,
    lines: LINES,
    notes: [],
    ontables: (chosen: readonly string[]) => void tables.push(chosen),
    onheader: (change: object) => void headers.push(change),
    ...props,
  });
}

describe('the tables of a file', () => {
  it('tell their size and which are hidden; empty ones cannot be chosen.', async () => {
    const view = await stage();
    await expect.element(view.getByRole('checkbox', { name: /订单.*12,345 rows · 14 columns/ })).toBeChecked();
    await expect.element(view.getByRole('checkbox', { name: /codes.*hidden.*30 rows/ })).not.toBeChecked();
    await expect.element(view.getByRole('checkbox', { name: /Sheet3.*empty/ })).toBeDisabled();
  });

  it('are chosen together, by keyboard too, in the order of the file.', async () => {
    const view = await stage();
    await view.getByRole('checkbox', { name: /会员/ }).click();
    (view.getByRole('checkbox', { name: /说明/ }).element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await view.getByRole('checkbox', { name: /订单/ }).click();
    expect(tables).toEqual([
      ['订单', '会员'],
      ['说明', '订单', '会员'],
      ['说明', '会员'],
    ]);
  });

  it('that are none are said in words.', async () => {
    const view = await stage('zh', { tables: [] });
    await expect.element(view.getByText(/book\.xlsx 中没有表/)).toBeVisible();
  });
});

describe('the line that names the columns', () => {
  it('is marked among the first lines, with those above it as skipped.', async () => {
    const view = await stage();
    await expect.element(view.getByRole('radio', { name: 'Line 5 names the columns' })).toBeChecked();
    await expect.element(view.getByRole('row', { name: /2024年1月订单明细/ })).toHaveTextContent('skipped');
    await expect.element(view.getByRole('row', { name: /430000000000000012/ })).not.toHaveTextContent('skipped');
    await expect.element(view.getByRole('row', { name: /会员号/ })).toHaveTextContent('and 2 more cells');
  });

  it('is chosen by a click or with the arrows, and told as the lines to skip.', async () => {
    const view = await stage();
    await view.getByRole('radio', { name: 'Line 6 names the columns' }).click();
    await userEvent.keyboard('{ArrowUp}');
    await userEvent.keyboard('{ArrowUp}');
    expect(headers).toEqual([
      { skipLines: 5, hasHeader: true },
      { skipLines: 4, hasHeader: true },
      { skipLines: 2, hasHeader: true },
    ]);
    await expect.element(view.getByRole('radio', { name: 'Line 3 names the columns' })).toBeChecked();
  });

  it('may be none, which is said, and then a click makes one.', async () => {
    const view = await stage('en', { hasHeader: false });
    await expect.element(view.getByText(/No line does/)).toBeVisible();
    expect(
      view
        .getByRole('radio')
        .elements()
        .filter((each) => (each as HTMLInputElement).checked),
    ).toEqual([]);
    await view.getByRole('radio', { name: 'Line 1 names the columns' }).click();
    expect(headers).toEqual([{ skipLines: 0, hasHeader: true }]);
  });
});

describe('the pickers and notes', () => {
  it('say every note in both languages.', async () => {
    const english = await stage('en', { notes: NOTES });
    await expect.element(english.getByText(/^1 cell of merged areas took the area's value \(金额\)/)).toBeVisible();
    await expect.element(english.getByText(/^2,101 cells show an error such as #N\/A: read as gaps/)).toBeVisible();
    await english.unmount();
    const chinese = await stage('zh', { notes: NOTES });
    await expect.element(chinese.getByText(/2,801 个数字超过 15 位/)).toBeVisible();
    expect(chinese.getByRole('listitem').elements().length).toBe(TABLES.length + EXTRACT_NOTES.length);
  });

  it('hold what axe-core asks, in both themes and widths.', async () => {
    await stage('zh', { notes: NOTES });
    expect(await findings()).toEqual([]);
  });
});
