import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { createBrowserDb } from '../../../../../src/db/duckdb-browser';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import CleaningPage from '../../../../../src/pages/room/cleaning/CleaningPage.svelte';
import { CleaningSession } from '../../../../../src/state/cleaning.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../../src/workers/spawn';
import { stageTable, type Table } from '../../../../integration/ingest/cleaning/staged';
import { findings } from '../../import/accessibility';
import Stage from '../../import/Stage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });

/**
 * By hand: two cells have blanks at an end (rows 3 and 6), row 5 is row 2 again, 上海 stands three times, 上海市
 * and SH once each, and two prices have a currency or a separator.
 */
const HEADERS = ['订单号', '城市', '单价', '数量'];
const ROWS: Table = [
  ['1001', '上海', '10.50', '2'],
  ['1002', '上海 ', '¥20', '1'],
  ['1003', '上海市', '1,005.00', '1'],
  ['1001', '上海', '10.50', '2'],
  ['1004', ' 北京', '7', null],
  ['1005', 'SH', '8', '3'],
  ['1006', '上海', '9', '1'],
  ['1007', '北京', '6', '1'],
];

interface Delivered {
  readonly file: Blob;
  readonly name: string;
}

async function open(i18n = new I18n('en')) {
  await stageTable(db, 7, HEADERS, ROWS);
  const session = new CleaningSession(db, 7, HEADERS);
  const delivered: Delivered[] = [];
  document.documentElement.lang = i18n.locale;
  const screen = await render(Stage, {
    props: {
      i18n,
      page: CleaningPage,
      props: {
        session,
        fileName: 'orders.csv',
        deliver: (file: Blob, name: string) => delivered.push({ file, name }),
        oncontinue: () => undefined,
      },
    },
  });
  await session.begin();
  return { session, screen, delivered, heading: screen.getByRole('heading', { level: 1 }) };
}

beforeEach(() => page.viewport(1280, 900));
afterAll(() => db.close());

describe('the cleaning page', () => {
  it('says how the file stands and what would help, with the counts', async () => {
    const { screen, heading } = await open();
    await expect.element(heading).toHaveTextContent('8 rows, as the file has them; 4 steps would help.');
    await expect.element(screen.getByRole('button', { name: 'Add: Trim blanks at the ends, 城市' })).toBeVisible();
    await expect.element(screen.getByText('城市 · 2 cells')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Add: Remove equal rows' })).toBeVisible();
  });

  it('does a suggested step, shows the rows it changed, and undoes and redoes it by keyboard', async () => {
    const { screen, heading } = await open();
    await screen.getByRole('button', { name: 'Add: Trim blanks at the ends, 城市' }).click();
    await expect.element(heading).toHaveTextContent('1 step: 2 cells changed, all 8 rows kept.');
    await expect.element(screen.getByRole('row', { name: /^3 1002 上海/ })).toHaveTextContent('(was 上海 )');
    await expect.element(screen.getByRole('row', { name: /^6 1004 北京/ })).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(heading).toHaveTextContent('8 rows, as the file has them');
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.element(heading).toHaveTextContent('2 cells changed');
  });

  it('merges the spellings that are ticked, under the target that is typed', async () => {
    const { session, screen, heading } = await open();
    await session.add({ do: 'trim', columns: 'all' });
    await screen.getByRole('button', { name: 'Review: Merge spellings, 城市' }).click();
    await screen.getByRole('checkbox', { name: /^SH/ }).click();
    await screen.getByLabelText('Written as, in place of 上海').fill('Shanghai');
    await screen.getByRole('button', { name: 'Merge 2 spellings, 5 cells' }).click();
    await expect.element(heading).toHaveTextContent('2 steps: 7 cells changed, all 8 rows kept.');
    expect(session.steps[1]?.action).toEqual({
      do: 'merge-spellings',
      column: '城市',
      groups: [{ to: 'Shanghai', from: ['上海', '上海市'] }],
    });
  });

  it('makes a step by hand from the searched list, and checks its expression while it is typed', async () => {
    const { session, screen, heading } = await open();
    await screen.getByRole('button', { name: 'Add a step' }).first().click();
    await screen.getByRole('searchbox', { name: 'Search steps' }).fill('sql expression');
    await screen.getByRole('button', { name: /^Compute a column/ }).click();
    await expect.element(screen.getByLabelText('Name of the column')).toHaveFocus();
    await screen.getByLabelText('Name of the column').fill('金额');
    const expression = screen.getByLabelText('Expression');
    await expression.fill('单价 * 个数');
    await expect.element(screen.getByText(/There is no column 个数/)).toBeVisible();
    const add = screen.getByRole('dialog').getByRole('button', { name: 'Add a step' });
    await expect.element(add).toBeDisabled();
    await expression.fill('单价 * 数量');
    await expect.element(screen.getByText('Good: it gives a number.')).toBeVisible();
    await add.click();
    // Two prices are no plain numbers yet, and one quantity is a gap.
    await expect.element(heading).toHaveTextContent('1 step: 5 cells changed');
    expect(session.report?.columns.map(({ name }) => name)).toEqual([...HEADERS, '金额']);
  });

  it('moves steps by Alt and arrows, switches and deletes them, and keeps the keyboard on the moved one', async () => {
    const { session, screen, heading } = await open();
    await session.add({ do: 'trim', columns: 'all' });
    await session.add({ do: 'distinct-rows' });
    await expect.element(heading).toHaveTextContent('2 steps: 2 cells changed, 1 of 8 rows dropped.');
    await screen.getByRole('button', { name: /^Step 2 of 2/ }).click();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await expect.poll(() => session.steps.map(({ action }) => action.do)).toEqual(['distinct-rows', 'trim']);
    await expect.element(screen.getByRole('button', { name: /^Step 1 of 2: Remove equal rows/ })).toHaveFocus();
    await screen.getByRole('checkbox', { name: /Remove equal rows/ }).click();
    await expect.element(heading).toHaveTextContent('1 step: 2 cells changed, all 8 rows kept.');
    await screen.getByRole('button', { name: 'More for “Trim blanks at the ends”' }).click();
    await screen.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.element(heading).toHaveTextContent('8 rows, as the file has them');
    expect(session.steps.map(({ on }) => on)).toEqual([false]);
  });

  it('strikes dropped rows out and hands them out with their numbers in the file', async () => {
    const { session, screen, delivered } = await open();
    await session.add({ do: 'distinct-rows' });
    await expect.element(screen.getByRole('row', { name: /^5 dropped 1001/ })).toBeVisible();
    await screen.getByRole('button', { name: 'Download the 1 dropped row' }).click();
    await screen.getByRole('dialog').getByRole('button', { name: 'Download CSV' }).click();
    await expect.poll(() => delivered.map(({ name }) => name)).toEqual(['orders dropped.csv']);
    expect(await delivered[0]?.file.text()).toBe('source_row,订单号,城市,单价,数量\r\n5,1001,上海,10.50,2\r\n');
  });

  it('keeps a step that cannot be done in the list and says why', async () => {
    const { session, screen } = await open();
    await session.add({ do: 'drop-columns', columns: ['数量'] });
    await session.add({ do: 'compute', into: '金额', expression: '单价 * 数量' });
    await expect.element(screen.getByText('One step cannot be done and is left out.')).toBeVisible();
    await expect.element(screen.getByText(/There is no column 数量/)).toBeVisible();
  });

  it('gives the cleaned rows as text for the import, and the decisions without a row of data', async () => {
    const { session } = await open();
    await session.add({ do: 'read-number', column: '单价', format: 'point', unreadable: 'keep' });
    await session.add({ do: 'keep-rows', expression: '单价 > 10' });
    const { csv } = await session.finish();
    expect(await csv.text()).toBe(
      '订单号,城市,单价,数量\n1001,上海,10.5,2\n1002,上海 ,20,1\n1003,上海市,1005,1\n1001,上海,10.5,2\n',
    );
    expect(JSON.stringify(session.cleaning)).not.toContain('1003');
  });

  it('leaves nothing for axe-core to find, in both themes, wide and narrow, in both languages', async () => {
    const i18n = new I18n('en');
    const { session, screen } = await open(i18n);
    await session.add({ do: 'trim', columns: 'all' });
    await session.add({ do: 'distinct-rows' });
    await session.preview.show(session.steps[1]?.id ?? null, 'all');
    expect(await findings()).toEqual([]);
    i18n.setLocale('zh');
    await screen.getByRole('button', { name: '添加步骤' }).click();
    await screen.getByRole('button', { name: /^填补空缺/ }).click();
    expect(await findings()).toEqual([]);
  });
});
