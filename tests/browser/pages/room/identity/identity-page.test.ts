import { page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../../../../src/core/sql';
import { findings } from '../../import/accessibility';
import { db, openIdentityPage } from './identity-stage';

beforeEach(async () => {
  await page.viewport(1280, 900);
});

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

async function customersOf(...accounts: readonly number[]): Promise<readonly (number | undefined)[]> {
  const rows = await db.query(sql`SELECT account_key, customer_key FROM accounts ORDER BY account_key`, {
    account_key: 'integer',
    customer_key: 'integer',
  });
  return accounts.map((account) => rows[account]?.customer_key);
}

describe('the identity page', () => {
  test('says in words how many customers the accounts are, and how much revenue has one', async () => {
    const { screen } = await openIdentityPage();
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('215 accounts are 213 customers; 80% of revenue has a known customer.');
    // 4 orders, 3 with a customer; by channel, the store's only known order is 100 of 300.
    await expect.element(screen.getByText('75.0%', { exact: true }).first()).toBeVisible();
    await expect.element(screen.getByText('33.3%', { exact: true }).first()).toBeVisible();
    await expect
      .element(screen.getByText(/1 customer of 2 with a purchase bought through more than one channel/))
      .toBeVisible();
  });

  test('switching a key off takes apart what it joined, and undo brings it back', async () => {
    const { screen, session } = await openIdentityPage();
    await screen.getByRole('tab', { name: 'Keys' }).click();
    await screen.getByRole('switch', { name: 'Use Telephone' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('are 214 customers');
    await screen.getByRole('button', { name: 'Undo' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('are 213 customers');
    expect(session.canRedo).toBe(true);
  });

  test('a key moved by keyboard keeps the focus', async () => {
    const { screen, session } = await openIdentityPage();
    await screen.getByRole('tab', { name: 'Keys' }).click();
    const button = screen.getByRole('button', { name: 'Trust Telephone more' });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => session.choices.keys.map(({ key }) => key).indexOf('phone')).toBeLessThan(5);
    expect(document.activeElement?.getAttribute('data-move')).toBe('phone');
  });

  test('the counter’s telephone is listed masked, and can be allowed and withdrawn', async () => {
    const { screen } = await openIdentityPage();
    await screen.getByRole('tab', { name: /Shared values/ }).click();
    await expect.element(screen.getByRole('rowheader', { name: '142****0001' })).toBeVisible();
    await screen.getByRole('button', { name: 'Allow 142****0001' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('are 207 customers');
    await screen.getByRole('button', { name: 'Withdraw 142****0001' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('are 213 customers');
  });

  test('values are shown in full only on demand, and that is noted', async () => {
    const { screen, reveals } = await openIdentityPage();
    await screen.getByRole('tab', { name: /Shared values/ }).click();
    await screen.getByRole('switch', { name: 'Show values in full' }).click();
    await expect.element(screen.getByRole('rowheader', { name: '14200000001' })).toBeVisible();
    expect(reveals.list).toEqual([
      { revealedAt: 1_700_000_000_000, title: 'One customer: values in full', customers: 213 },
    ]);
  });

  test('probable pairs are found in a worker, reviewed by keyboard, and what was decided is brought about', async () => {
    const { screen, session } = await openIdentityPage();
    await screen.getByRole('tab', { name: 'Probable pairs' }).click();
    await screen.getByRole('button', { name: 'Look for probable pairs' }).click();
    await expect.element(screen.getByText(/Pair 1 of 2/)).toBeVisible();
    await expect.element(screen.getByText('sounds the same', { exact: true })).toBeVisible();
    const [first, second] = session.review.queue.map((index) => [
      session.pairs!.left[index]!,
      session.pairs!.right[index]!,
    ]);
    (document.activeElement as HTMLElement | null)?.blur();
    await userEvent.keyboard('y');
    await expect.element(screen.getByText(/Pair 2 of 2/)).toBeVisible();
    await userEvent.keyboard('n');
    await screen.getByRole('button', { name: 'Apply 2 decisions' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('are 212 customers');
    const [a, b, c, d] = await customersOf(...first!, ...second!);
    expect(a).toBe(b);
    expect(c).not.toBe(d);
  });

  test('an account is taken out of a customer and stays out', async () => {
    const { screen, session } = await openIdentityPage();
    await screen.getByRole('tab', { name: /Take apart/ }).click();
    await screen.getByRole('button', { name: 'M* 3 accounts' }).click();
    await expect.element(screen.getByRole('heading', { name: 'What they have in common' })).toBeVisible();
    await screen.getByRole('checkbox', { name: 'Take account 3 out' }).click();
    await screen.getByRole('button', { name: 'Take 1 account out' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('are 214 customers');
    expect(session.choices.decisions.pairs.map(({ verdict }) => verdict)).toEqual(['different', 'different']);
    const [first, order, second] = await customersOf(0, 1, 2);
    expect(first).toBe(order);
    expect(second).not.toBe(first);
  });

  test.each(['en', 'zh'] as const)('every part is accessible and fits (%s)', async (locale) => {
    const { screen, session } = await openIdentityPage(locale);
    await session.findPairs();
    for (const place of [0, 1, 2, 3, 4, 5]) {
      await screen.getByRole('tab').nth(place).click();
      await expect.poll(() => session.progress).toBeNull();
      expect(await findings()).toEqual([]);
      for (const [width, theme] of [
        [390, 'dark'],
        [1280, 'light'],
      ] as const) {
        await page.viewport(width, 900);
        document.documentElement.dataset['theme'] = theme;
        await new Promise((next) => setTimeout(next, 100));
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
        await page.screenshot({ path: `../../../../../test-results/identity/${locale}-${place}-${width}.png` });
      }
    }
  });
});
