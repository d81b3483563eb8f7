import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { sql } from '../../../../src/core/sql';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import workerUrl from '../../../../src/exports/export.worker?worker&url';
import { FileExporter } from '../../../../src/exports/file-exporter';
import { createWorkerWriters } from '../../../../src/exports/worker-writers';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import { createValueWorker } from '../../../../src/ingest/privacy/value-worker';
import privacyWorkerUrl from '../../../../src/ingest/privacy/privacy.worker?worker&url';
import { createPseudonymKeys } from '../../../../src/library/pseudonym-key';
import { AudienceStore } from '../../../../src/state/audiences.svelte';
import { PrivacySession } from '../../../../src/state/privacy.svelte';
import { RevealLog } from '../../../../src/state/reveals.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../../src/workers/spawn';
import { readCsv } from '../../../support/independent-csv';
import { openSmallShop, type SmallOrder } from '../../../support/small-shop';
import { findings } from '../import/accessibility';
import PanelStage from './PanelStage.svelte';

const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
afterAll(() => db.close());

/** 60 ordinary customers of one order each, one with three orders, one script, one without a purchase in scope. */
const ORDERS: readonly SmallOrder[] = [
  ...Array.from({ length: 60 }, (_, i) => ({
    orderId: `S${i}`,
    customerId: `C${String(i).padStart(6, '0')}`,
    orderedAt: '2024-02-01 10:00:00',
    amount: `${i + 1}.00`,
  })),
  { orderId: 'B1', customerId: '13812345678', orderedAt: '2024-01-05 10:00:00', amount: '1000.10', productId: 'Tea' },
  { orderId: 'B2', customerId: '13812345678', orderedAt: '2024-03-05 10:00:00', amount: '500.20', productId: 'Cup' },
  { orderId: 'B3', customerId: '13812345678', orderedAt: '2024-03-06 10:00:00', amount: '-100.00', isPurchase: false },
  { orderId: 'X', customerId: '<img src=x onerror=alert(1)>', orderedAt: '2024-04-01 10:00:00', amount: '70.00' },
  { orderId: 'Z', customerId: '=1+1', orderedAt: '2024-06-01 10:00:00', amount: '9999.00' },
  { orderId: 'N', customerId: null, orderedAt: '2024-01-01 10:00:00', amount: '5000.00' },
];
const scope = { asOf: '2024-05-01', from: null, audience: null };
const everyone = { title: 'Everyone', members: sql`SELECT customer_key FROM customers`, color: '#b5331b' };

let delivered: { file: Blob; name: string }[];
let audiences: AudienceStore;
let reveals: RevealLog;
let privacy: PrivacySession;
const values = createValueWorker(() => spawnModuleWorker(privacyWorkerUrl));

beforeAll(() => openSmallShop(db, ORDERS));
afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

async function stage(mark = everyone, locale: 'en' | 'zh' = 'en') {
  delivered = [];
  audiences = new AudienceStore(db);
  reveals = new RevealLog();
  const now = (): number => 1_700_000_000_000;
  privacy = new PrivacySession({ db, keys: createPseudonymKeys(now), values, reveals, now });
  await page.viewport(1280, 900);
  const view = await render(PanelStage, {
    i18n: new I18n(locale),
    db,
    scope,
    mark,
    audiences,
    exporter: new FileExporter(
      db,
      createWorkerWriters(() => spawnModuleWorker(workerUrl)),
    ),
    reveals,
    deliver: (file: Blob, name: string) => delivered.push({ file, name }),
    privacy,
  });
  await view.getByRole('button', { name: 'the mark' }).click();
  return view;
}

async function rowsOf(file: Blob | undefined): Promise<(string | null)[][]> {
  return readCsv(await (file?.text() ?? Promise.resolve('')));
}

describe('the customer panel', () => {
  it('tells how many customers there are, what they bring, and who of them bought nothing.', async () => {
    const view = await stage();
    const panel = view.getByRole('dialog');
    await expect.element(panel).toHaveTextContent('Everyone');
    // 60 + the one with a mobile number + the script + the one who bought after the as-of day.
    await expect.element(panel).toHaveTextContent('63');
    await expect.element(panel).toHaveTextContent('1 of them has no purchase in this period.');
    // 1 + 2 + ... + 60 = 1830, and 1000.10 + 500.20 - 100.00 + 70.00.
    await expect.element(view.getByTitle('3,300.30')).toBeVisible();
    await expect.element(panel).toHaveTextContent('100.0% of revenue');
  });

  it('lists the customers by money with masked ids, fifty at a time to the last.', async () => {
    const view = await stage();
    const rows = view.getByRole('listitem');
    await expect.element(rows.first()).toHaveTextContent(/138\*\*\*\*5678 *1,400 *2 orders *away 57 d/);
    expect(rows.elements()).toHaveLength(50);
    expect(document.body.textContent).not.toContain('13812345678');
    await view.getByRole('button', { name: 'Next customers' }).click();
    await expect.element(view.getByText('51–63 of 63')).toBeVisible();
    expect(rows.elements()).toHaveLength(13);
    await expect.element(rows.last()).toHaveTextContent(/no purchase/);
    // There is no next page: the button keeps the focus and stays where it is.
    await userEvent.keyboard('{Enter}');
    await expect.element(view.getByRole('button', { name: 'Next customers' })).toHaveFocus();
    await expect.element(view.getByText('51–63 of 63')).toBeVisible();
  });

  it('shows ids in full only when asked, notes when, and masks again when told.', async () => {
    const view = await stage();
    await view.getByRole('switch', { name: 'Show ids in full' }).click();
    await expect.element(view.getByText('13812345678')).toBeVisible();
    await expect.element(view.getByText(/^Shown in full since /)).toBeVisible();
    expect(reveals.list).toEqual([{ revealedAt: 1_700_000_000_000, title: 'Everyone', customers: 63 }]);
    // A hostile id is shown as text.
    await expect.element(view.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(document.querySelector('dialog img')).toBeNull();
    await view.getByRole('switch', { name: 'Show ids in full' }).click();
    expect(document.body.textContent).not.toContain('13812345678');
  });

  it('opens a customer’s orders with their lines, and leads the keyboard there and back.', async () => {
    const view = await stage();
    const first = view.getByRole('listitem').first().getByRole('button');
    await first.click();
    await expect.element(view.getByRole('heading', { name: /138\*\*\*\*5678/ })).toHaveFocus();
    const orders = [...document.querySelectorAll('dialog details summary')].map((order) =>
      order.textContent.replaceAll(/\s+/g, ' ').trim(),
    );
    expect(orders).toEqual([
      '2024-03-06 -100.00 B3 not counted as a purchase',
      '2024-03-05 500.20 B2',
      '2024-01-05 1,000.10 B1',
    ]);
    await view.getByText('2024-01-05').click();
    await expect.element(view.getByText('Tea')).toBeVisible();
    await view.getByRole('button', { name: 'Back to the list' }).click();
    await expect.element(first).toHaveFocus();
  });

  it('saves the customers under a name with Enter, and refuses a name that is taken.', async () => {
    const view = await stage({
      ...everyone,
      title: 'Big',
      members: sql`SELECT customer_key FROM purchases WHERE amount > 50`,
    });
    await view.getByRole('button', { name: 'Save as audience' }).click();
    const field = view.getByRole('textbox', { name: 'Name of the audience' });
    await expect.element(field).toHaveValue('Big');
    await userEvent.keyboard('Best ones{Enter}');
    // 51..60 of the ordinary ones, the mobile, the script, the later one; the row of nobody is no customer.
    await expect.element(view.getByText('Saved: Best ones, 13 customers.')).toBeVisible();
    expect(audiences.list).toMatchObject([{ name: 'Best ones', count: 13, created: '2024-05-01' }]);
    await view.getByRole('button', { name: 'Save as audience' }).click();
    await userEvent.keyboard('best ONES{Enter}');
    await expect.element(view.getByRole('alert')).toHaveTextContent('There is an audience of this name.');
    expect(audiences.list).toHaveLength(1);
    await userEvent.keyboard('{Escape}');
    await expect.element(view.getByRole('dialog')).toBeVisible();
    await expect.element(view.getByRole('button', { name: 'Save as audience' })).toHaveFocus();
  });

  it('exports the customers under pseudonyms, the same for the same customer in every file, and no ids.', async () => {
    const view = await stage();
    await view.getByRole('button', { name: 'Export' }).click();
    await view.getByRole('button', { name: 'CSV', exact: true }).click();
    await expect.element(view.getByText('Saved: Everyone - customers.csv')).toBeVisible();
    const customers = await rowsOf(delivered[0]?.file);
    const best = customers.find((row) => row[4] === '1400.30')?.[0];
    expect(best).toMatch(/^P-[0-9A-HJKMNP-TV-Z]{20}$/);
    expect(customers).toHaveLength(64);
    expect(new Set(customers.map(([id]) => id)).size).toBe(64);

    await view.getByRole('radio', { name: 'Their orders' }).click();
    await view.getByRole('button', { name: 'CSV', exact: true }).click();
    await expect.poll(() => delivered.length).toBe(2);
    const orders = await rowsOf(delivered[1]?.file);
    expect(orders[0]).toEqual(['Customer', 'Ordered', 'Amount', 'Counts as a purchase']);
    expect(orders.filter(([id]) => id === best).map((row) => row[2])).toEqual(['1000.10', '500.20', '-100.00']);

    await view.getByRole('radio', { name: 'None' }).click();
    await view.getByRole('radio', { name: 'Customers', exact: true }).click();
    await view.getByRole('button', { name: 'CSV', exact: true }).click();
    await expect.poll(() => delivered.length).toBe(3);
    expect((await rowsOf(delivered[2]?.file))[0]).toEqual(['Days since last order', 'Last order', 'Orders', 'Revenue']);
    for (const { file } of delivered) expect(await file.text()).not.toMatch(/13812345678|C0000|img src/);
    expect(reveals.list).toEqual([]);
  });

  it('exports ids in full only when asked to, and notes it.', async () => {
    const view = await stage();
    await view.getByRole('button', { name: 'Export' }).click();
    await view.getByRole('radio', { name: 'As they are' }).click();
    await view.getByRole('button', { name: 'CSV', exact: true }).click();
    await expect.poll(() => delivered.length).toBe(1);
    expect(delivered[0]?.name).toBe('Everyone - customers.csv');
    const rows = await rowsOf(delivered[0]?.file);
    expect(rows[0]).toEqual(['Customer', 'Days since last order', 'Last order', 'Orders', 'Revenue']);
    expect(rows).toHaveLength(64);
    expect(rows).toContainEqual(['13812345678', '57', '2024-03-05 10:00:00', '2', '1400.30']);
    expect(rows).toContainEqual(["'=1+1", null, null, '0', '0.00']);
    expect(reveals.list).toMatchObject([{ act: 'file', title: 'Everyone - customers' }]);
  });

  it('prints the SQL that chose them.', async () => {
    const view = await stage();
    await view.getByRole('button', { name: 'Show SQL' }).click();
    await expect
      .element(view.getByRole('region', { name: 'SQL' }))
      .toHaveTextContent('SELECT customer_key FROM customers;');
    await userEvent.keyboard('{Escape}');
    await expect.element(view.getByRole('dialog', { name: 'Everyone' })).toBeVisible();
  });

  it('closes on Esc and gives the focus back to the mark.', async () => {
    const view = await stage();
    await expect.element(view.getByRole('heading', { name: 'Everyone' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(view.getByRole('button', { name: 'the mark' })).toHaveFocus();
    expect(view.getByRole('dialog').elements()).toHaveLength(0);
  });

  it('keeps open when Esc closes its export.', async () => {
    const view = await stage();
    await view.getByRole('button', { name: 'Export' }).click();
    await expect.element(view.getByRole('dialog', { name: 'Export “Everyone”' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(view.getByRole('dialog', { name: 'Everyone' })).toBeVisible();
    await expect.element(view.getByRole('button', { name: 'Export' })).toHaveFocus();
  });

  it('says so when nobody is selected, and when the engine refuses.', async () => {
    const nobody = await stage({ ...everyone, members: sql`SELECT customer_key FROM customers WHERE false` });
    await expect.element(nobody.getByText('Nobody is in this selection')).toBeVisible();
    await nobody.unmount();
    const broken = await stage({ ...everyone, members: sql`SELECT customer_key FROM gone` });
    await expect.element(broken.getByRole('alert')).toHaveTextContent('A calculation failed.');
    await expect.element(broken.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  it('has nothing for axe to find, in both languages and themes, wide and narrow.', async () => {
    const view = await stage();
    await expect.element(view.getByRole('listitem').first()).toBeVisible();
    expect(await findings()).toEqual([]);
    await view.getByRole('listitem').first().getByRole('button').click();
    await expect.element(view.getByRole('heading', { name: /138/ })).toBeVisible();
    expect(await findings()).toEqual([]);
    await view.unmount();
    const chinese = await stage(everyone, 'zh');
    await expect.element(chinese.getByRole('listitem').first()).toBeVisible();
    expect(await findings()).toEqual([]);
  });
});
