import { page } from 'vitest/browser';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { findings } from './accessibility';
import { csv, db, openPage } from './open-stage';

beforeEach(() => page.viewport(1280, 900));
afterAll(() => db.close());

const ROWS = Array.from(
  { length: 32 },
  (_, i) => `M${i % 8},2024-${i < 16 ? '01' : '02'}-${String((i % 16) + 1).padStart(2, '0')},10`,
);
const ORDERS = csv('orders.csv', 'customer,date,amount', ...ROWS);

describe('taking a part only', () => {
  it('is offered quietly, tells what each choice comes to, and is what is imported', async () => {
    const { session, screen } = await openPage([ORDERS]);
    const customers = screen.getByLabelText('Customers');
    expect(customers.query()?.checkVisibility()).toBe(false);
    await screen.getByText('Take a part only').click();
    await expect.element(screen.getByText('The rows looked at lie between 2024-01-01 and 2024-02-16.')).toBeVisible();
    const bytes = (oneIn: number): number => session.sizeWith({ oneIn }).neededBytes;
    expect(bytes(4) / bytes(1)).toBeCloseTo(0.25, 6);
    await screen.getByLabelText('Orders from').fill('2024-02-01');
    await customers.selectOptions('2');
    await expect.element(screen.getByText(/^As chosen: about/)).toBeVisible();
    await screen.getByRole('button', { name: 'Import' }).click();
    await expect.poll(() => session.error?.message ?? session.phase, { timeout: 20_000 }).toBe('done');
    const { report, excerpt } = session.imported?.result ?? {};
    expect(excerpt).toEqual({ from: '2024-02-01', to: null, oneIn: 2, residue: 0 });
    const rowsOf = (reason: string): number => report?.leftOut.find((each) => each.reason === reason)?.rows ?? 0;
    // Each of eight customers has two rows a month.
    expect(rowsOf('not-in-sample') % 4).toBe(0);
    expect(rowsOf('outside-period')).toBe((32 - rowsOf('not-in-sample')) / 2);
    expect(report?.rowsUsed).toBe(rowsOf('outside-period'));
  });

  it('is taken back in one step, by itself and by undo', async () => {
    const { session, screen } = await openPage([ORDERS]);
    session.setExcerpt({ oneIn: 10 });
    await expect.element(screen.getByLabelText('Customers')).toHaveValue('10');
    await screen.getByRole('button', { name: 'Take everything' }).click();
    expect(session.excerpt.oneIn).toBe(1);
    session.undo();
    expect(session.excerpt.oneIn).toBe(10);
    session.undo();
    expect(session.excerpt.oneIn).toBe(1);
    session.redo();
    await expect.element(screen.getByLabelText('Customers')).toHaveValue('10');
  });

  it('has nothing for axe-core to find when open, in both languages', async () => {
    for (const locale of ['en', 'zh'] as const) {
      const { session, screen } = await openPage([ORDERS], locale);
      session.setExcerpt({ oneIn: 4, to: '2024-02-01' });
      await expect.element(screen.getByText(locale === 'en' ? 'Take a part only' : '只取一部分')).toBeVisible();
      expect(await findings()).toEqual([]);
      await screen.unmount();
    }
  });
});
