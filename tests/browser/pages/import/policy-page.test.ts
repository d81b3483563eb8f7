import { page, userEvent } from 'vitest/browser';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import PolicyPage from '../../../../src/pages/import/PolicyPage.svelte';
import { PolicySession } from '../../../../src/state/policy.svelte';
import { findings } from './accessibility';
import { csv, db, importFile, stage, type StageScreen } from './open-stage';

/**
 * By hand, with the defaults: A buys twice on one day (100.50 + 49.50), B buys for 80, cancels it (-80) and
 * takes a gift (0), one order of 30 has no customer, and C's order of 70 was closed.
 */
const SHOP = csv(
  'shop.csv',
  'order number,customer,date,amount,status',
  '1001,A,2024-01-03 10:00,100.50,paid',
  '1002,A,2024-01-03 18:00,49.50,paid',
  '1003,B,2024-01-05 09:00,80.00,paid',
  'C1003,B,2024-01-06 09:00,-80.00,paid',
  '1004,B,2024-01-07 09:00,0.00,paid',
  '1005,,2024-01-08 09:00,30.00,paid',
  '1006,C,2024-01-09 09:00,70.00,closed',
);

async function open(i18n = new I18n('en')): Promise<{ readonly session: PolicySession; readonly screen: StageScreen }> {
  const { layout } = await importFile(SHOP);
  const session = new PolicySession(db);
  await session.begin(layout);
  return { session, screen: await stage(PolicyPage, { session, oncontinue: () => undefined }, i18n) };
}

const heading = (screen: StageScreen) => screen.getByRole('heading', { level: 1 });

beforeEach(() => page.viewport(1280, 900));
afterAll(() => db.close());

describe('the policy screen', () => {
  it('says what the defaults come to, with every line accounted for', async () => {
    const { screen } = await open();
    await expect.element(heading(screen)).toHaveTextContent('3 purchases by 2 customers, 180.00 in revenue.');
    await expect.element(screen.getByText('4 lines counted + 1 netted + 2 left out = 7')).toBeVisible();
    await expect.element(screen.getByText('83.3%')).toBeVisible();
  });

  it('works a choice out at once, says what it changed, and undoes and redoes it by keyboard', async () => {
    const { session, screen } = await open();
    await screen.getByRole('radio', { name: /^Ignore them/ }).click();
    await expect.element(heading(screen)).toHaveTextContent('260.00 in revenue');
    await expect.element(screen.getByText('+80.00 by the last change')).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(heading(screen)).toHaveTextContent('180.00 in revenue');
    await expect.element(screen.getByRole('radio', { name: /^Net them/ })).toBeChecked();
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.element(heading(screen)).toHaveTextContent('260.00 in revenue');
    await screen.getByRole('button', { name: 'Back to the defaults' }).click();
    await expect.element(heading(screen)).toHaveTextContent('180.00 in revenue');
    expect(session.isDefault).toBe(true);
  });

  it('joins the orders of a day into one visit when asked to', async () => {
    const { screen } = await open();
    await screen.getByRole('radio', { name: /^One visit/ }).click();
    await expect.element(heading(screen)).toHaveTextContent('2 purchases by 2 customers, 180.00 in revenue.');
  });

  it('lets each value of the status column be classed, with its lines and money beside it', async () => {
    const { screen } = await open();
    const row = screen.getByRole('row', { name: /closed/ });
    await expect.element(row).toHaveTextContent('70.00');
    const choice = screen.getByLabelText('What lines with “closed” count as');
    await expect.element(choice).toHaveValue('leave-out');
    await choice.selectOptions('sale');
    await expect.element(heading(screen)).toHaveTextContent('4 purchases by 3 customers, 250.00 in revenue.');
  });

  it('counts orders without a customer as customers of their own when asked to', async () => {
    const { screen } = await open();
    await screen.getByRole('radio', { name: /^Each a customer/ }).click();
    await expect.element(heading(screen)).toHaveTextContent('4 purchases by 3 customers, 180.00 in revenue.');
    await expect.element(screen.getByText('100.0%')).toBeVisible();
  });

  it('lets the newest of several quick choices win', async () => {
    const { session, screen } = await open();
    void session.change({ returns: 'ignore' });
    void session.change({ sameDay: 'merge' });
    await session.undo();
    await expect.element(heading(screen)).toHaveTextContent('3 purchases by 2 customers, 260.00 in revenue.');
    expect(session.policy).toMatchObject({ returns: 'ignore', sameDay: 'separate' });
  });

  it('leaves nothing for axe-core to find, in both themes, wide and narrow, in both languages', async () => {
    const i18n = new I18n('en');
    await open(i18n);
    expect(await findings()).toEqual([]);
    i18n.setLocale('zh');
    expect(await findings()).toEqual([]);
  });
});
