import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import BarRows from '../../../src/charts/BarRows.svelte';
import BubbleGrid from '../../../src/charts/BubbleGrid.svelte';
import CalendarHeat from '../../../src/charts/CalendarHeat.svelte';
import Flows from '../../../src/charts/Flows.svelte';
import MatrixHeat from '../../../src/charts/MatrixHeat.svelte';
import StackedColumns from '../../../src/charts/StackedColumns.svelte';
import Treemap from '../../../src/charts/Treemap.svelte';
import { onStage } from '../ui/on-stage';

const whole = (value: number): string => String(value);
const keys = ['a', 'b'].map((key) => ({ key, label: key.toUpperCase() }));
const bars = [
  { key: 'a', label: 'Champions', first: 10, second: 31 },
  { key: 'b', label: "Can't lose", first: 3, second: 5 },
];
const barProps = { label: 'Segments', rows: bars, firstLabel: 'customers', secondLabel: 'revenue', format: whole };

test('a chart is one Tab stop; arrows move, Enter and Space select', async () => {
  const onselect = vi.fn();
  const screen = await onStage(BarRows, { ...barProps, onselect });
  await userEvent.tab();
  await expect.element(screen.getByRole('button', { name: 'Champions, customers 10, revenue 31' })).toHaveFocus();
  await userEvent.keyboard('{Enter}{ArrowDown}');
  await expect.element(screen.getByRole('button', { name: "Can't lose, customers 3, revenue 5" })).toHaveFocus();
  await userEvent.keyboard(' ');
  expect(onselect.mock.calls).toEqual([['a'], ['b']]);
  expect(screen.container.querySelectorAll('[data-mark][tabindex="0"]').length).toBe(1);
});

test('a focused mark shows the tooltip, leaving hides it', async () => {
  const screen = await onStage(BarRows, { ...barProps, onselect: () => undefined });
  await userEvent.tab();
  const tooltip = (): Element | null => screen.container.querySelector('.tooltip');
  await expect.poll(() => tooltip()?.textContent.replaceAll(/\s+/g, ' ').trim()).toContain('revenue 31');
  expect(tooltip()?.getAttribute('aria-hidden')).toBe('true');
  await userEvent.tab();
  await expect.poll(tooltip).toBeNull();
});

test('the pointer reaches a mark over the whole of its row', async () => {
  const onselect = vi.fn();
  const screen = await onStage(BarRows, { ...barProps, onselect });
  const mark = screen.getByRole('button', { name: /Can't lose/ });
  expect(mark.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
  await userEvent.click(mark, { position: { x: 5, y: 5 } });
  expect(onselect.mock.calls).toEqual([['b']]);
});

test('a highlight dims the others, and a chart without onselect has no buttons', async () => {
  const screen = await onStage(BarRows, { ...barProps, highlight: 'b' });
  const champions = screen.getByRole('img', { name: /Champions/ });
  const cantLose = screen.getByRole('img', { name: /Can't lose/ });
  await expect.poll(() => getComputedStyle(champions.element()).opacity).toBe('0.3');
  expect(getComputedStyle(cantLose.element()).opacity).toBe('1');
  expect(screen.container.querySelectorAll('[role=button]').length).toBe(0);
});

test('arrow keys walk the grid of squares in both directions', async () => {
  const onselect = vi.fn();
  const cells = keys.flatMap((row) =>
    keys.map((column) => ({ key: row.key + column.key, row: row.key, column: column.key, size: 10, value: 1 })),
  );
  const screen = await onStage(BubbleGrid, {
    label: 'Grid',
    cells,
    rows: keys,
    columns: keys,
    rowTitle: 'recency',
    columnTitle: 'money',
    sizeLabel: 'customers',
    valueLabel: 'per head',
    formatSize: whole,
    formatValue: whole,
    selected: 'bb',
    onselect,
  });
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{Enter}{Home}{Enter}{ArrowUp}{Enter}');
  expect(onselect.mock.calls).toEqual([['bb'], ['ba'], ['aa']]);
  const chosen = screen.getByRole('button', { name: 'recency B · money B, customers 10, per head 1' });
  await expect.element(chosen).toHaveAttribute('aria-pressed', 'true');
});

test('a cell of the matrix is chosen by its row and its column', async () => {
  const onselect = vi.fn();
  const screen = await onStage(MatrixHeat, {
    label: 'From and to',
    rows: keys,
    columns: keys,
    values: [
      [1, 2],
      [3, null],
    ],
    valueLabel: 'customers',
    format: whole,
    rowTotals: [3, 3],
    columnTotals: [4, 2],
    onselect,
  });
  await userEvent.tab();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onselect.mock.calls).toEqual([[{ row: 'b', column: 'a' }]]);
  await expect.element(screen.getByRole('button', { name: 'B · B, customers –' })).toBeInTheDocument();
});

test('a matrix wider than its room scrolls under the names of its rows', async () => {
  await page.viewport(360, 500);
  const columns = Array.from({ length: 14 }, (_, index) => ({ key: `k${index}`, label: `k${index}` }));
  const screen = await onStage(MatrixHeat, {
    label: 'From and to',
    rows: keys,
    columns,
    values: keys.map(() => columns.map((_, index) => index * 1000)),
    valueLabel: 'customers',
    format: whole,
  });
  const box = screen.container.querySelector<HTMLElement>('.chart');
  const name = (): number | undefined => screen.container.querySelector('.names .row')?.getBoundingClientRect().left;
  const cell = (): number | undefined => screen.container.querySelector('[data-mark]')?.getBoundingClientRect().left;
  const [nameBefore, cellBefore] = [name(), cell()];
  expect(nameBefore).toBeDefined();
  await expect.poll(() => box?.classList.contains('more')).toBe(true);
  box?.scrollTo({ left: 10_000, behavior: 'instant' });
  await expect.poll(() => box?.classList.contains('more')).toBe(false);
  expect(name()).toBe(nameBefore);
  expect(cell()).toBeLessThan((cellBefore ?? 0) - 100);
  await page.viewport(1000, 700);
});

test('a highlighted group is named at its squares, and the legend says what size and shade are', async () => {
  const cells = keys.flatMap((row) =>
    keys.map((column) => ({
      key: row.key + column.key,
      row: row.key,
      column: column.key,
      size: 10,
      value: row.key === 'a' ? 1 : 5,
      group: row.key,
    })),
  );
  const screen = await onStage(BubbleGrid, {
    label: 'Grid',
    cells,
    rows: keys,
    columns: keys,
    rowTitle: 'recency',
    columnTitle: 'money',
    sizeLabel: 'customers',
    valueLabel: 'per head',
    formatSize: whole,
    formatValue: whole,
    highlight: 'a',
    highlightLabel: 'Loyal',
  });
  const name = screen.container.querySelector('.name')?.getBoundingClientRect();
  const square = screen.container.querySelector('[data-mark="ab"] .square')?.getBoundingClientRect();
  expect(name?.left).toBeGreaterThanOrEqual(square?.left ?? Infinity);
  expect(name?.right).toBeLessThanOrEqual(square?.right ?? 0);
  const legend = [...screen.container.querySelectorAll('.legend text')].map((text) => text.textContent);
  expect(legend).toEqual(['customers', '1', '5', 'per head']);
});

test('bands are walked from node to node and name both ends', async () => {
  const onselect = vi.fn();
  const screen = await onStage(Flows, {
    label: 'Moves',
    left: keys,
    right: keys,
    leftTitle: 'then',
    rightTitle: 'now',
    flows: [
      { from: 'a', to: 'a', value: 5 },
      { from: 'a', to: 'b', value: 2 },
      { from: 'b', to: 'b', value: 4 },
    ],
    valueLabel: 'customers',
    format: whole,
    onselect,
  });
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('button', { name: 'A → B, customers 2' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onselect.mock.calls).toEqual([[{ from: 'b', to: 'b' }]]);
});

test('tiles are walked by size', async () => {
  const onselect = vi.fn();
  await onStage(Treemap, {
    label: 'Segments',
    items: [
      { key: 'small', label: 'Small', value: 1 },
      { key: 'large', label: 'Large', value: 5 },
    ],
    valueLabel: 'customers',
    format: whole,
    onselect,
  });
  await userEvent.tab();
  await userEvent.keyboard('{Enter}{ArrowRight}{Enter}');
  expect(onselect.mock.calls).toEqual([['large'], ['small']]);
});

test('names that look like markup are shown as text', async () => {
  const label = '<img src=x onerror=alert(1)>';
  const screen = await onStage(BarRows, { ...barProps, rows: [{ key: 'x', label, first: 1, second: 1 }] });
  await expect.element(screen.getByRole('img', { name: `${label}, customers 1, revenue 1` })).toBeInTheDocument();
  expect(screen.container.querySelector('img')).toBeNull();
});

test('columns are walked from one to the next and through the stack, and say when they are not complete', async () => {
  const onselect = vi.fn();
  const screen = await onStage(StackedColumns, {
    label: 'Life cycle',
    series: [
      { key: 'new', label: 'New' },
      { key: 'back', label: 'Back' },
      { key: 'gone', label: 'Gone' },
    ],
    columns: [
      { key: 'm1', label: 'May', tick: 'May', values: [4, 2, -3] },
      { key: 'm2', label: 'June', tick: 'June', values: [0, 5, -1], incomplete: true },
    ],
    valueLabel: 'customers',
    format: (value: number) => String(Math.abs(value)),
    onselect,
  });
  await userEvent.tab();
  await expect.element(screen.getByRole('button', { name: 'May · New, customers 4' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}{ArrowRight}{Enter}{ArrowUp}');
  await expect
    .element(screen.getByRole('button', { name: 'June · Back, customers 5, not complete yet' }))
    .toHaveFocus();
  expect(onselect.mock.calls).toEqual([[{ column: 'm1', series: 'gone' }], [{ column: 'm2', series: 'gone' }]]);
  expect(screen.container.querySelectorAll('[fill*="hatch"]').length).toBe(2);
});

test('the names under narrow columns stay inside the drawing', async () => {
  const columns = Array.from({ length: 60 }, (_, index) => ({
    key: String(index),
    label: String(index),
    tick: `2024-01-${index}`,
    values: [1],
  }));
  const screen = await onStage(StackedColumns, {
    label: 'Weeks',
    series: [{ key: 'all', label: 'All' }],
    columns,
    valueLabel: 'orders',
    format: whole,
  });
  const edge = screen.container.querySelector('svg')?.getBoundingClientRect().right ?? 0;
  const names = [...screen.container.querySelectorAll('.axis text')].filter((text) =>
    text.textContent.startsWith('2024'),
  );
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect(name.getBoundingClientRect().right).toBeLessThanOrEqual(edge);
});

test('a calendar is walked by weekday and week, and scrolls where its days would be too small', async () => {
  await page.viewport(390, 700);
  const onselect = vi.fn();
  const days = Array.from({ length: 366 }, (_, number) => {
    const day = new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);
    return { day, value: number, title: day, mark: number === 1 ? ('strong' as const) : undefined };
  });
  const screen = await onStage(CalendarHeat, {
    label: 'Days',
    days,
    from: '2024-01-01',
    to: '2025-01-01',
    empty: (day: string) => ({ day, value: 0, title: day }),
    weekdayNames: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
    monthName: (first: string) => first.slice(5, 7),
    valueLabel: 'orders',
    format: whole,
    strongLabel: 'holiday',
    onselect,
  });
  screen.container.querySelector<SVGElement>('[data-mark="2024-01-01"]')?.focus();
  await userEvent.keyboard('{ArrowDown}{Enter}{ArrowRight}{Enter}{End}{Enter}');
  expect(onselect.mock.calls).toEqual([['2024-01-02'], ['2024-01-09'], ['2024-12-31']]);
  await expect.element(screen.getByRole('button', { name: '2024-12-31, orders 365' })).toHaveFocus();
  const width = screen.container.querySelector('[data-mark="2024-12-31"]')?.getBoundingClientRect().width;
  expect(width).toBeGreaterThanOrEqual(10);
  expect([...screen.container.querySelectorAll('rect.strong')].length).toBe(2);
  await page.viewport(1000, 700);
});
