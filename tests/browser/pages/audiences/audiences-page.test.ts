import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CustomerSelection } from '../../../../src/analyses/analysis';
import { printSql, sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { createFileWriter } from '../../../../src/exports/file-writer';
import { FileExporter } from '../../../../src/exports/file-exporter';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { AudienceStore } from '../../../../src/state/audiences.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../src/workers/spawn';
import { readCsv } from '../../../support/independent-csv';
import { openSmallShop } from '../../../support/small-shop';
import { findings } from '../import/accessibility';
import AudiencesStage from './AudiencesStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
afterAll(() => db.close());

let audiences: AudienceStore;
let delivered: { file: Blob; name: string }[];
let selected: CustomerSelection[];

/** Ten customers C0..C9 who brought 10, 20 ... 100: 550 in all. */
beforeAll(() =>
  openSmallShop(
    db,
    Array.from({ length: 10 }, (_, i) => ({
      orderId: `O${i}`,
      customerId: `C${i}`,
      orderedAt: '2024-02-01 10:00:00',
      amount: `${(i + 1) * 10}.00`,
    })),
  ),
);
afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

async function stage(locale: 'en' | 'zh' = 'en') {
  await page.viewport(1280, 900);
  delivered = [];
  selected = [];
  return render(AudiencesStage, {
    i18n: new I18n(locale),
    db,
    audiences,
    exporter,
    deliver: (file: Blob, name: string) => delivered.push({ file, name }),
    onselect: (selection: CustomerSelection) => selected.push(selection),
  });
}

async function withTwo() {
  audiences = new AudienceStore(db);
  const over = (amount: number) => sql`SELECT customer_key FROM purchases WHERE amount > ${amount}`;
  await audiences.save({ title: 'Over 70', members: over(70), color: '#b5331b' }, 'Big', '2024-03-01');
  await audiences.save(
    { title: 'Up to 90', members: sql`SELECT customer_key FROM purchases WHERE amount <= 90` },
    'Most',
    '2024-03-02',
  );
}

describe('the audiences page', () => {
  it('says how to make an audience while there is none.', async () => {
    audiences = new AudienceStore(db);
    const view = await stage();
    await expect.element(view.getByRole('heading', { name: 'No audience yet' })).toBeVisible();
    await expect.element(view.getByRole('link', { name: 'Go to RFM' })).toHaveAttribute('href', '#/rfm');
  });

  it('shows what each audience comes to beside everyone.', async () => {
    await withTwo();
    const view = await stage();
    // Big is 80 + 90 + 100 = 270 of 550 from 3 of 10; Most is 450 from 9 of 10.
    const big = view.getByRole('row', { name: /Big/ });
    await expect.element(big).toHaveTextContent(/3 *30\.0% *270 *49\.1% *2024-03-01/);
    await expect
      .element(view.getByRole('row', { name: /Most/ }))
      .toHaveTextContent(/9 *90\.0% *450 *81\.8% *2024-03-02/);
  });

  it('filters every page by one audience at a time, and by none after it is deleted.', async () => {
    await withTwo();
    const view = await stage();
    const filter = view.getByTestId('filter');
    await view.getByRole('switch', { name: 'Filter every page by Big' }).click();
    await expect.element(filter).toHaveTextContent('Big');
    await view.getByRole('switch', { name: 'Filter every page by Most' }).click();
    await expect.element(filter).toHaveTextContent('Most');
    await expect.element(view.getByRole('switch', { name: 'Filter every page by Big' })).not.toBeChecked();
    await view.getByRole('button', { name: 'More about Most' }).click();
    await view.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.element(filter).toHaveTextContent('everyone');
  });

  it('deletes with undo, where the keyboard goes on.', async () => {
    await withTwo();
    const view = await stage();
    await view.getByRole('button', { name: 'More about Big' }).click();
    await view.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.element(view.getByText('Big was deleted.')).toBeVisible();
    await expect.element(view.getByRole('button', { name: 'Undo' })).toHaveFocus();
    expect(view.getByRole('row').elements()).toHaveLength(2);
    await view.getByRole('button', { name: 'Undo' }).click();
    await expect.element(view.getByRole('row').nth(1)).toHaveTextContent(/Big.*3 *30\.0% *270/);
  });

  it('renames in place by keyboard, refuses a taken name, and Esc leaves the old one.', async () => {
    await withTwo();
    const view = await stage();
    await view.getByRole('button', { name: 'More about Big' }).click();
    await view.getByRole('menuitem', { name: 'Rename' }).click();
    await expect.element(view.getByRole('textbox', { name: 'New name of Big' })).toHaveFocus();
    await userEvent.keyboard('most{Enter}');
    await expect.element(view.getByRole('alert')).toHaveTextContent('There is an audience of this name.');
    await userEvent.keyboard('{Escape}');
    await expect.element(view.getByRole('button', { name: 'Open Big' })).toHaveFocus();
    await view.getByRole('button', { name: 'More about Big' }).click();
    await view.getByRole('menuitem', { name: 'Rename' }).click();
    await userEvent.keyboard('<b>大客户</b>{Enter}');
    await expect.element(view.getByRole('button', { name: 'Open <b>大客户</b>' })).toHaveTextContent('<b>大客户</b>');
    expect(audiences.list.map(({ name }) => name)).toEqual(['<b>大客户</b>', 'Most']);
  });

  it('combines two audiences into a third.', async () => {
    await withTwo();
    const view = await stage();
    await view.getByRole('button', { name: 'Save as audience' }).click();
    // 80 and 90 are over 70 and up to 90.
    await expect.element(view.getByText('Saved: Big and Most, 2 customers.')).toBeVisible();
    await view.getByRole('combobox', { name: 'Keep' }).selectOptions('minus');
    await view.getByRole('button', { name: 'Save as audience' }).click();
    await expect.element(view.getByText('Saved: Big without Most, 1 customer.')).toBeVisible();
    await view.getByRole('combobox', { name: 'First' }).selectOptions('Most');
    await expect.element(view.getByRole('combobox', { name: 'Second' })).toHaveValue('a1');
    await view.getByRole('button', { name: 'Save as audience' }).click();
    await expect.element(view.getByText('Saved: Most without Big, 7 customers.')).toBeVisible();
  });

  it('opens an audience as a selection and exports it as a list.', async () => {
    await withTwo();
    const view = await stage();
    await view.getByRole('button', { name: 'Open Big' }).click();
    expect(selected.map(({ title, color, members }) => [title, color, printSql(members)])).toEqual([
      ['Big', '#b5331b', "SELECT customer_key FROM audience_members WHERE audience_id = 'a1'"],
    ]);
    await view.getByRole('button', { name: 'Export' }).first().click();
    await view.getByRole('button', { name: 'CSV', exact: true }).click();
    await expect.poll(() => delivered.length).toBe(1);
    const rows = readCsv(await (delivered[0]?.file.text() ?? Promise.resolve('')));
    expect(rows.map(([id, , , , revenue]) => [id, revenue])).toEqual([
      ['Customer', 'Revenue'],
      ['C7', '80.00'],
      ['C8', '90.00'],
      ['C9', '100.00'],
    ]);
  });

  it('has nothing for axe to find, in both languages and themes, wide and narrow.', async () => {
    await withTwo();
    for (const locale of ['en', 'zh'] as const) {
      const view = await stage(locale);
      await expect.element(view.getByText('30.0%')).toBeVisible();
      expect(await findings()).toEqual([]);
      await view.unmount();
    }
    audiences = new AudienceStore(db);
    await stage();
    expect(await findings()).toEqual([]);
  });
});
