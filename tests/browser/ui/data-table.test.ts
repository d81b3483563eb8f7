import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { onStage } from './on-stage';
import PeopleTable from './PeopleTable.svelte';

interface Person {
  readonly id: string;
  readonly orders: number;
}

const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, index) => ({ id: `C${index}`, orders: (index * 7) % 10 }));
const firstCells = (container: HTMLElement): string[] =>
  [...container.querySelectorAll('tbody tr:not(.space) td:first-child')].map((cell) => cell.textContent.trim());

test('a header sorts by keyboard and says how it is sorted', async () => {
  const screen = await onStage(PeopleTable, { rows: people(4) });
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  // 0, 7, 4, 1 orders.
  expect(firstCells(screen.container)).toEqual(['C1', 'C2', 'C3', 'C0']);
  await expect.element(screen.getByRole('columnheader', { name: 'Orders' })).toHaveAttribute('aria-sort', 'descending');
  await userEvent.keyboard('{Enter}');
  expect(firstCells(screen.container)).toEqual(['C0', 'C3', 'C2', 'C1']);
});

test('rows are opened by click and by Enter, and arrows walk them', async () => {
  const onrow = vi.fn();
  const screen = await onStage(PeopleTable, {
    rows: people(4),
    onrow,
    copyable: false,
  });
  await screen.getByRole('button', { name: 'C0' }).click();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}{End}{Enter}');
  await screen.getByRole('cell', { name: '7', exact: true }).click();
  expect(onrow.mock.calls.map(([row]) => (row as Person).id)).toEqual(['C0', 'C2', 'C3', 'C1']);
});

test('a long table draws only what is in view and End reaches its last row', async () => {
  const screen = await onStage(PeopleTable, {
    rows: people(100_000),
    viewRows: 10,
    onrow: () => undefined,
  });
  expect(firstCells(screen.container).length).toBeLessThan(40);
  await expect.element(screen.getByRole('table', { name: 'People' })).toHaveAttribute('aria-rowcount', '100001');
  screen.container.querySelector<HTMLElement>('[data-row="0"]')?.focus();
  await userEvent.keyboard('{End}');
  await expect.element(screen.getByRole('button', { name: 'C99999' })).toHaveFocus();
});

test('rows that stay in the engine are read a page at a time as they come into view', async () => {
  const asked: [number, number][] = [];
  const fetchRange = async (offset: number, limit: number): Promise<Person[]> => {
    asked.push([offset, limit]);
    return people(1000).slice(offset, offset + limit);
  };
  const screen = await onStage(PeopleTable, {
    total: 1000,
    fetchRange,
    viewRows: 10,
  });
  await expect.element(screen.getByRole('cell', { name: 'C0', exact: true })).toBeVisible();
  expect(asked).toEqual([[0, 100]]);
  const box = screen.container.querySelector('.box');
  if (box !== null) box.scrollTop = 500 * 36;
  await expect.element(screen.getByRole('cell', { name: 'C500', exact: true })).toBeVisible();
  // Rows 492 to 519 are drawn: they lie in the pages from 400 and from 500.
  expect(asked).toEqual([
    [0, 100],
    [400, 100],
    [500, 100],
  ]);
});

test('a page that cannot be read says so and is read again on request', async () => {
  let broken = true;
  const fetchRange = async (offset: number, limit: number): Promise<Person[]> => {
    if (broken) throw new Error('engine lost');
    return people(50).slice(offset, offset + limit);
  };
  const screen = await onStage(PeopleTable, { total: 50, fetchRange });
  await expect.element(screen.getByRole('alert')).toHaveTextContent('These rows could not be read.');
  broken = false;
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('cell', { name: 'C0', exact: true })).toBeVisible();
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('an empty table says so, in the language in force', async () => {
  const screen = await onStage(PeopleTable, { rows: [] }, 'zh');
  await expect.element(screen.getByText('没有数据行')).toBeVisible();
});

test('the copy button puts the whole table on the clipboard and says so', async () => {
  const screen = await onStage(PeopleTable, { rows: people(3) });
  await screen.getByRole('button', { name: 'Copy table' }).click();
  await expect.element(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
});
