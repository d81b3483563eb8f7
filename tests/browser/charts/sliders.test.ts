import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import Histogram from '../../../src/charts/Histogram.svelte';
import LineSeries from '../../../src/charts/LineSeries.svelte';
import { onStage } from '../ui/on-stage';

const whole = (value: number): string => String(Math.round(value));
const bins = Array.from({ length: 10 }, (_, index) => ({ from: index * 10, to: (index + 1) * 10, count: 10 - index }));
const histogram = {
  label: 'Days',
  bins,
  cuts: [20, 60],
  groupLabels: ['3', '2', '1'],
  format: (value: number): string => `${Math.round(value)} days`,
  countLabel: 'customers',
  formatCount: whole,
  axisTitle: 'days',
};

test('a limit is a slider: arrows move it by the step, Page keys by ten, and it stays off its neighbour', async () => {
  const oncuts = vi.fn();
  const oncommit = vi.fn();
  const screen = await onStage(Histogram, { ...histogram, oncuts, oncommit });
  const first = screen.getByRole('slider', { name: 'Limit 1 of 2' });
  await expect.element(first).toHaveAttribute('aria-valuenow', '20');
  await expect.element(first).toHaveAttribute('aria-valuetext', '20 days');
  (first.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{PageUp}{End}{Home}');
  expect(oncuts.mock.calls).toEqual([[[21, 60]], [[31, 60]], [[59, 60]], [[0, 60]]]);
  expect(oncommit).toHaveBeenCalledTimes(4);
  await expect.element(first).toHaveAttribute('aria-valuenow', '0');
});

test('a limit is dragged by the pointer and committed once', async () => {
  await page.viewport(600, 500);
  const oncuts = vi.fn<(cuts: readonly number[]) => void>();
  const oncommit = vi.fn<(cuts: readonly number[]) => void>();
  const screen = await onStage(Histogram, { ...histogram, oncuts, oncommit });
  const handle = screen.getByRole('slider', { name: 'Limit 1 of 2' }).element();
  const axis = screen.container.querySelector('.axis .base')?.getBoundingClientRect();
  const box = handle.getBoundingClientRect();
  const from = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, pointerId: 1 };
  // A tenth of the axis is 10 days.
  const byTenDays = (axis?.width ?? 0) / 10;
  const send = (type: string, x: number): boolean =>
    handle.dispatchEvent(new PointerEvent(type, { ...from, clientX: x, bubbles: true }));
  // A synthetic pointer cannot be captured; the moves are sent to the handle itself.
  Object.assign(handle, { setPointerCapture: () => undefined });
  send('pointerdown', from.clientX);
  send('pointermove', from.clientX + byTenDays);
  send('pointermove', from.clientX + 2 * byTenDays);
  send('pointerup', from.clientX + 2 * byTenDays);
  send('pointermove', from.clientX);
  expect(oncuts.mock.calls.map(([cuts]) => cuts)).toEqual([
    [30, 60],
    [40, 60],
  ]);
  expect(oncommit.mock.calls.map(([cuts]) => cuts)).toEqual([[40, 60]]);
});

test('between the limits stand the counts', async () => {
  const screen = await onStage(Histogram, histogram);
  // 10 + 9, then 8 + 7 + 6 + 5, then 4 + 3 + 2 + 1.
  const bands = [...screen.container.querySelectorAll('.bands text')].map((text) => text.textContent.trim());
  expect(bands).toEqual(['3', '19', '2', '26', '1', '10']);
});

const once = [
  { from: 0, to: 1, count: 60 },
  { from: 1, to: 2, count: 0 },
  { from: 2, to: 3, count: 5 },
];
const purchases = {
  ...histogram,
  bins: once,
  cuts: [1, 2],
  discrete: true,
  format: whole,
  formatBin: (bin: { readonly to: number }): string => (bin.to === 3 ? '3 or more' : whole(bin.to)),
};

test('each bar that counts somebody is a button with its values and its count; an empty one is not', async () => {
  const onselect = vi.fn();
  const screen = await onStage(Histogram, { ...purchases, selected: 2, onselect });
  const names = [...screen.container.querySelectorAll('[data-mark]')].map((mark) => mark.getAttribute('aria-label'));
  expect(names).toEqual(['1, customers 60', '3 or more, customers 5']);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}{ArrowRight} ');
  expect(onselect.mock.calls).toEqual([[0], [2]]);
  await expect.element(screen.getByRole('button', { name: /^3 or more/ })).toHaveAttribute('aria-pressed', 'true');
});

test('a bar is opened by the pointer over its whole height, and not through the limit on top of it', async () => {
  await page.viewport(600, 500);
  const onselect = vi.fn();
  const screen = await onStage(Histogram, { ...purchases, onselect });
  const small = screen.getByRole('button', { name: /^3 or more/ });
  await userEvent.click(small, { position: { x: 60, y: 5 } });
  expect(onselect.mock.calls).toEqual([[2]]);
  await userEvent.click(screen.getByRole('slider', { name: 'Limit 1 of 2' }));
  expect(onselect).toHaveBeenCalledTimes(1);
});

test('a bar that stands for one number has its tick under its middle', async () => {
  const screen = await onStage(Histogram, purchases);
  const tick = [...screen.container.querySelectorAll('.axis text')].find((text) => text.textContent === '1');
  const bar = screen.container.querySelector('.bar');
  const middle = (element: Element | null | undefined): number => {
    const box = element?.getBoundingClientRect();
    return box === undefined ? Number.NaN : box.left + box.width / 2;
  };
  expect(Math.abs(middle(tick) - middle(bar))).toBeLessThan(1);
});

test('the plot of lines is a slider that reads all lines at a place', async () => {
  const points = (factor: number): { x: number; y: number }[] => [1, 2, 3].map((x) => ({ x, y: x * factor }));
  const screen = await onStage(LineSeries, {
    label: 'Orders',
    xKind: 'number',
    series: [
      { key: 'a', label: 'Loyal', points: points(10) },
      { key: 'b', label: 'New', points: points(1) },
    ],
    formatX: (x: number): string => `week ${x}`,
    formatY: whole,
    yTitle: 'orders',
  });
  await userEvent.tab();
  const slider = screen.getByRole('slider', { name: 'Orders' });
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'week 3, Loyal 30, New 3');
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(slider).toHaveAttribute('aria-valuetext', 'week 2, Loyal 20, New 2');
  await userEvent.keyboard('{Home}{ArrowLeft}');
  await expect.element(slider).toHaveAttribute('aria-valuenow', '0');
});

test('Enter and a click open the place that the hairline of a line reads, which then is marked', async () => {
  await page.viewport(600, 500);
  const onselect = vi.fn<(x: number) => void>();
  const screen = await onStage(LineSeries, {
    label: 'Orders',
    xKind: 'number',
    series: [{ key: 'a', label: 'Loyal', points: [1, 2, 3].map((x) => ({ x, y: 10 * x })) }],
    formatX: whole,
    formatY: whole,
    yTitle: 'orders',
    selected: 2,
    onselect,
  });
  const slider = screen.getByRole('slider', { name: 'Orders' });
  await expect.element(slider).toBeInTheDocument();
  (slider.element() as SVGElement).focus();
  await userEvent.keyboard('{Home}{Enter}{ArrowRight}{Enter}');
  await userEvent.click(slider, { position: { x: slider.element().getBoundingClientRect().width - 2, y: 20 } });
  expect(onselect.mock.calls).toEqual([[1], [2], [3]]);
  const plot = slider.element().getBoundingClientRect();
  const mark = screen.container.querySelector('line.selected')?.getBoundingClientRect();
  expect(((mark?.left ?? 0) + (mark?.right ?? 0)) / 2).toBeCloseTo(plot.left + plot.width / 2, 0);
});
