import { page } from 'vitest/browser';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { cellMask } from '../../../../src/ingest/privacy/cell-mask';
import type { Excerpt } from '../../../../src/ingest/excerpt/excerpt';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import AccountingPage from '../../../../src/pages/import/AccountingPage.svelte';
import { findings } from './accessibility';
import { csv, db, importFile, stage, type StageScreen } from './open-stage';

const GOOD = Array.from({ length: 16 }, (_, i) => `K${i % 4},2024-02-${String(i + 10)},${i + 1}.00`);
/** 16 good rows, one of them without a customer added, two bad times, one bad amount: 20 rows. */
const FILE = csv(
  'till.csv',
  'customer,date,amount',
  ...GOOD,
  ',2024-03-01,9.00',
  'K1,someday,1.00',
  'K2,"=cmd|calc",2.00',
  'K3,2024-03-02,much',
);

interface Saved {
  readonly name: string;
  readonly text: string;
}

async function open(
  file: File,
  i18n = new I18n('en'),
  excerpt: Partial<Excerpt> = {},
): Promise<{ readonly screen: StageScreen; readonly saved: Saved[] }> {
  const { report } = await importFile(file, excerpt);
  const saved: Saved[] = [];
  const onsave = (blob: Blob, name: string): void => {
    void blob.text().then((text) => saved.push({ name, text }));
  };
  const columns = (
    [
      ['customer', 'customerId'],
      ['date', 'orderedAt'],
      ['amount', 'amount'],
    ] as const
  ).map(([name, role]) => ({ name, mask: cellMask({ name, role, found: [] }) }));
  const files = [{ number: 0, name: file.name, delimiter: ',', columns }];
  const screen = await stage(
    AccountingPage,
    { db, name: file.name, files, report, onsave, oncontinue: () => undefined },
    i18n,
  );
  return { screen, saved };
}

beforeEach(() => page.viewport(1280, 900));
afterAll(() => db.close());

describe('the account of an import', () => {
  it('counts what was left out by choice, and offers no rows of it to look at', async () => {
    const whole = csv('till.csv', 'customer,date,amount', ...GOOD);
    const { screen } = await open(whole, new I18n('en'), { from: '2024-02-20' });
    // The days are 10 to 25 February.
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent(
        'Of 16 rows, 6 are used; 10 were left out, mostly because they lie outside the chosen period.',
      );
    await expect.element(screen.getByRole('row', { name: /^Outside the chosen period/ })).toHaveTextContent('−10');
    expect(screen.getByRole('button', { name: /Show rows|Download/ }).elements()).toEqual([]);
  });

  it('goes from read to used with each loss and its reason, and its parts sum to the whole', async () => {
    const { screen } = await open(FILE);
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('Of 20 rows, 17 are used; 3 were left out, mostly because their time cannot be read.');
    const rows = [...screen.container.querySelectorAll('tbody tr')];
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()))).toEqual([
      ['Read from the file', '', '20', '100.0%', ''],
      ['Time cannot be read', '', '−2', '10.0%', 'Show rows'],
      ['Amount cannot be read', '', '−1', '5.0%', 'Show rows'],
      ['Used', '', '17', '85.0%', ''],
    ]);
    await expect.element(screen.getByText('17 + 2 + 1 = 20')).toBeVisible();
    await expect.element(screen.getByText(/^No customer in 1 used row \(5\.9%\)/)).toBeVisible();
  });

  it('opens the rows of a loss with their line, column and value as written', async () => {
    const { screen } = await open(FILE);
    await screen.getByRole('button', { name: 'Show rows: Time cannot be read' }).click();
    const row = screen.getByRole('row', { name: /someday/ });
    await expect.element(row).toHaveTextContent('19');
    await expect.element(row).toHaveTextContent('date');
    await screen.getByRole('button', { name: 'Hide rows: Time cannot be read' }).click();
    await expect.element(row).not.toBeInTheDocument();
  });

  it('downloads the rows of a loss as CSV, masked, in which no formula runs', async () => {
    const { screen, saved } = await open(FILE);
    await screen.getByRole('button', { name: 'Download as CSV: Time cannot be read' }).click();
    await screen.getByRole('dialog').getByRole('button', { name: 'Download CSV' }).click();
    await expect.poll(() => saved.length).toBe(1);
    expect(saved[0]?.name).toBe('till-left-out.csv');
    // Blob.text() drops the byte order mark.
    expect(saved[0]?.text.split('\r\n')).toEqual([
      'File,Line,Reason,Column,Value,Row as written',
      'till.csv,19,Time cannot be read,date,someday,"K*,someday,1.00"',
      `till.csv,20,Time cannot be read,date,'=cmd|calc,"K*,""=cmd|calc"",2.00"`,
      '',
    ]);
  });

  it('says in one line when nothing was lost', async () => {
    const { screen } = await open(csv('good.csv', 'customer,date,amount', ...GOOD));
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('All 16 rows are used.');
    await expect.element(screen.getByText(/Nothing unusual/)).toBeVisible();
  });

  it('leaves nothing for axe-core to find, in both themes, wide and narrow, in both languages', async () => {
    const i18n = new I18n('en');
    const { screen } = await open(FILE, i18n);
    await screen.getByRole('button', { name: 'Show rows: Time cannot be read' }).click();
    await expect.element(screen.getByRole('row', { name: /someday/ })).toBeVisible();
    expect(await findings()).toEqual([]);
    i18n.setLocale('zh');
    expect(await findings()).toEqual([]);
  });
});
