import { page, userEvent } from 'vitest/browser';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import { readCsv } from '../../../../support/independent-csv';
import { findings } from '../../import/accessibility';
import { db, qualityFile, stageQuality } from './quality-stage';

/**
 * By hand: two rows without a member, one order of two customers (2 rows), one time in the future, one row
 * again (2 rows of order 1006, one of them a repetition), and one line of another width.
 */
const ORDERS = [
  'order_no,member_no,paid_time,city,paid_amount',
  '1001,88001,2024-01-03 10:00:00,Shanghai,100.50',
  '1002,88001,2024-01-03 18:00:00,Shanghai,49.50',
  '1002,88002,2024-01-03 18:00:00,shanghai,20.00',
  '1003,,2024-01-05 09:00:00,Beijing,80.00',
  '1004,,2024-01-05 09:30:00,Beijing,81.00',
  '1005,88003,2031-01-05 09:30:00,Beijing,15.00',
  '1006,88004,2024-02-05 12:00:00,Beijing,15.00',
  '1006,88004,2024-02-05 12:00:00,Beijing,15.00',
  '1007,88005,2024-02-06 12:00:00',
];
const MEMBERS = [
  'member_no,name,phone',
  '88001,Ada Li,13800000001',
  '88002,"O\'Brien, Bo",13800000002',
  '88003,王小明,1380000',
];

const file = (number: number, name: string, lines: readonly string[]) =>
  qualityFile(number, name, new Blob([lines.join('\n')]));
const files = () => [file(1, 'orders.csv', ORDERS), file(2, 'members.csv', MEMBERS)];

beforeEach(() => page.viewport(1280, 900));
afterEach(() => {
  delete document.documentElement.dataset['theme'];
});
afterAll(() => db.close());

describe('the quality page', () => {
  it('says in words how many rules fail and how many rows they touch, and which file they are of.', async () => {
    const { screen } = await stageQuality(files());
    // Orders: width (line 10), agree (3, 4), filled (5, 6), days (7), distinct-rows (9), one-spelling (4). Members: the telephone.
    const heading = screen.getByRole('heading', { level: 1 });
    await expect.element(heading).toHaveTextContent(/^7 of \d+ rules fail; 8 rows are touched\.$/);
    await expect.element(screen.getByRole('tab', { name: /orders\.csv/ })).toHaveTextContent('6 fail');
    await expect.element(screen.getByRole('tab', { name: /members\.csv/ })).toHaveTextContent('1 fails');
  });

  it('opens the rows of a rule, masked, with every cell on request, and takes them along as a file.', async () => {
    const { saved, screen } = await stageQuality(files());
    await screen.getByRole('button', { name: /Show rows that break: Rows of one order_no/ }).click();
    const panel = screen.getByRole('dialog');
    await expect.element(panel).toHaveTextContent('Line 3');
    await expect.element(panel).toHaveTextContent('Line 4');
    await expect.element(panel).toHaveTextContent('8***1');
    await expect.element(panel).not.toHaveTextContent('88001');
    await screen.getByRole('button', { name: 'Download these rows' }).click();
    await expect.poll(() => saved.length).toBe(1);
    const [found] = saved;
    expect(found?.name).toBe('orders-rows-that-break-a-rule.csv');
    expect(readCsv((await found?.blob.text()) ?? '')).toEqual([
      ['line', 'order_no', 'member_no', 'paid_time', 'city', 'paid_amount'],
      ['3', '1002', '8***1', '2024-01-03 18:00:00', 'Shanghai', '49.50'],
      ['4', '1002', '8***2', '2024-01-03 18:00:00', 'shanghai', '20.00'],
    ]);
    await userEvent.keyboard('{Escape}');
    await expect.element(panel).not.toBeInTheDocument();
  });

  it('shows values of persons only after a deliberate act that is noted.', async () => {
    const { reveals, screen } = await stageQuality(files());
    await screen.getByRole('tab', { name: /members\.csv/ }).click();
    const columns = screen.getByRole('region', { name: 'Columns' });
    await expect.element(columns).toHaveTextContent('138****0001');
    await expect.element(columns).not.toHaveTextContent('13800000001');
    await screen.getByRole('switch', { name: 'Show values in full' }).click();
    await expect.element(columns).toHaveTextContent('13800000001');
    await expect.element(columns).toHaveTextContent("O'Brien, Bo");
    expect(reveals.list).toEqual([{ revealedAt: 1_767_225_600_000, title: 'members.csv', customers: Number.NaN }]);
  });

  it('takes a rule made by hand, refuses one that cannot be read, and undoes and redoes it by keyboard.', async () => {
    const { session, screen } = await stageQuality(files());
    await screen.getByRole('button', { name: 'Add a rule' }).click();
    await screen.getByLabelText('What must hold').selectOptions('expression');
    const box = screen.getByLabelText('Expression that must be true');
    await box.fill('paid_amount >= (SELECT 1)');
    await screen.getByRole('button', { name: 'Check it' }).click();
    await expect.element(screen.getByRole('alert')).toHaveTextContent(/Not understood at/);
    await box.fill('paid_amount >= 20');
    await screen.getByRole('button', { name: 'Check it' }).click();
    const row = screen.getByRole('listitem').filter({ hasText: 'paid_amount >= 20' });
    // 15.00 three times of the eight rows that have an amount.
    await expect.element(row).toHaveTextContent('3 rows of 8 (37.5%)');
    await expect.element(row).toHaveTextContent('Fails');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(row).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.element(row).toHaveTextContent('3 rows of 8');
    expect(session.rulesOf(1).at(-1)).toMatchObject({ isOwn: true, check: { kind: 'expression' } });
  });

  it('counts a rule out when it is switched off, and follows the last day that is no future.', async () => {
    const { session, screen } = await stageQuality([file(1, 'orders.csv', ORDERS)]);
    const heading = screen.getByRole('heading', { level: 1 });
    await expect.element(heading).toHaveTextContent(/^6 of \d+ rules fail/);
    await screen.getByRole('switch', { name: /Check: member_no is filled in/ }).click();
    await expect.element(heading).toHaveTextContent(/^5 of \d+ rules fail/);
    await session.setAsOf('2031-01-05');
    await expect.element(heading).toHaveTextContent(/^4 of \d+ rules fail/);
  });

  it('shows only the columns with something to look at when asked to.', async () => {
    const { screen } = await stageQuality([file(1, 'orders.csv', ORDERS)]);
    const columns = screen.getByRole('region', { name: 'Columns' });
    await expect.element(columns.getByRole('heading', { name: 'order_no' })).toBeVisible();
    await columns.getByRole('radio', { name: /^With problems/ }).click();
    await expect.element(columns.getByRole('heading', { name: 'order_no' })).not.toBeInTheDocument();
    await expect.element(columns.getByRole('heading', { name: 'city' })).toBeVisible();
    await expect.element(columns).toHaveTextContent('1 spelling too many');
  });

  it('keeps what it found when it is cancelled, and says why a file could not be looked at.', async () => {
    const broken = qualityFile(3, 'broken.csv', new Blob([new Uint8Array([0x61, 0x0a, 0x00, 0x01, 0x02])]));
    const { session, screen } = await stageQuality([file(1, 'orders.csv', ORDERS), broken]);
    await screen.getByRole('tab', { name: /broken\.csv/ }).click();
    await expect.element(screen.getByRole('alert')).toHaveTextContent('This file could not be looked at.');
    const again = session.begin();
    session.cancel();
    await again;
    expect(session.error).toBeNull();
    expect(session.progress).toBeNull();
  });

  it('says what to do without a file, in Chinese as well.', async () => {
    const { screen } = await stageQuality([], new I18n('zh'));
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('还没有文件');
  });

  it('leaves nothing for axe-core to find, in both themes, wide and narrow, in both languages.', async () => {
    const i18n = new I18n('en');
    const { session, screen } = await stageQuality(files(), i18n);
    expect(await findings()).toEqual([]);
    i18n.setLocale('zh');
    const rule = session.rulesOf(1).find(({ check }) => check.kind === 'agree');
    if (rule !== undefined) session.openRule(1, rule);
    await expect.element(screen.getByRole('dialog')).toHaveTextContent('第 3 行');
    expect(await findings()).toEqual([]);
  });
});
