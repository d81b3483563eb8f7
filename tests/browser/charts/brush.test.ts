import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import BrushHistogram from '../../../src/charts/BrushHistogram.svelte';
import type { BinRange } from '../../../src/charts/brush-histogram';
import ToggleBars from '../../../src/charts/ToggleBars.svelte';
import { findAccessibilityViolations } from '../gallery/accessibility';
import { onStage } from '../ui/on-stage';

const bins = [10, 40, 30, 20].map((all) => ({ all, left: all / 2 }));

async function brushed(range: BinRange | null = null, apart = false) {
  const onbrush = vi.fn<(range: BinRange | null) => void>();
  const oncommit = vi.fn();
  const onapproach = vi.fn();
  const onapart = vi.fn();
  const screen = await onStage(BrushHistogram, {
    label: 'Orders',
    bins,
    ticks: [{ place: 1, label: '10' }],
    tip: (bin: number) => ({
      title: `bin ${bin}`,
      lines: [{ label: 'customers', value: String(bins[bin]?.left ?? 7) }],
    }),
    range,
    edgeText: (edge: number, side: string) => `${side} ${edge * 10}`,
    onbrush,
    oncommit,
    onapproach,
    ...(apart ? { apart: { all: 7, left: 7 }, onapart } : {}),
  });
  const plot = (): Element => screen.container.querySelector('.plot') ?? document.body;
  await expect.poll(() => screen.container.querySelector('.plot')).not.toBeNull();
  return { screen, onbrush, oncommit, onapproach, onapart, plot };
}

/** Drags over the plot from the middle of one bin to the middle of another. */
async function drag(plot: Element, from: number, to: number): Promise<void> {
  const box = plot.getBoundingClientRect();
  const ground = plot.querySelector('.ground')?.getBoundingClientRect() ?? box;
  // The ground reaches beyond the bins on either side.
  const step = (ground.width - 28) / bins.length;
  const at = (bin: number) => ({ x: 14 + (bin + 0.5) * step, y: 40 });
  const target = page.elementLocator(plot.querySelector('.ground') ?? plot);
  await userEvent.dragAndDrop(target, target, { sourcePosition: at(from), targetPosition: at(to), force: true });
}

test('a drag chooses the bins it passes, once they change, and says when it is over', async () => {
  const { plot, onbrush, oncommit, onapproach } = await brushed();
  await drag(plot(), 1, 2);
  expect(onbrush.mock.lastCall?.[0]).toEqual([1, 3]);
  expect(oncommit).toHaveBeenCalledTimes(1);
  expect(onapproach).toHaveBeenCalled();
});

test('a click chooses one bin, and takes away a choice of that bin alone', async () => {
  const first = await brushed();
  await drag(first.plot(), 2, 2);
  expect(first.onbrush.mock.calls).toEqual([[[2, 3]]]);
  first.screen.unmount();
  const second = await brushed([2, 3]);
  await drag(second.plot(), 2, 2);
  expect(second.onbrush.mock.calls).toEqual([[null]]);
});

test('the brush is moved by its middle as a whole', async () => {
  const { plot, onbrush } = await brushed([0, 3]);
  await drag(plot(), 1, 2);
  expect(onbrush.mock.lastCall?.[0]).toEqual([1, 4]);
});

test('its edges are sliders that say their values, move by arrows and let go with Escape', async () => {
  const { screen, onbrush, oncommit } = await brushed([1, 3]);
  const from = screen.getByRole('slider', { name: 'Orders: where the choice begins' });
  await expect.element(from).toHaveAttribute('aria-valuetext', 'from 10');
  (from.element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  (screen.getByRole('slider', { name: 'Orders: where the choice ends' }).element() as SVGElement).focus();
  await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowLeft}{/Shift}{Escape}');
  expect(onbrush.mock.calls).toEqual([[[2, 3]], [[1, 4]], [[0, 2]], [null]]);
  expect(oncommit).toHaveBeenCalledTimes(4);
});

test('a double click takes the brush away', async () => {
  const { plot, onbrush } = await brushed([0, 4]);
  await userEvent.dblClick(page.elementLocator(plot()), { position: { x: 60, y: 40 } });
  expect(onbrush.mock.lastCall?.[0]).toBeNull();
});

test('what has no value is a switch apart from the bins', async () => {
  const { screen, onapart } = await brushed(null, true);
  const apart = screen.getByRole('button', { name: 'bin 4, customers 7' });
  await expect.element(apart).toHaveAttribute('aria-pressed', 'false');
  (apart.element() as SVGElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(onapart).toHaveBeenCalledTimes(1);
  expect(await findAccessibilityViolations(screen.container)).toEqual([]);
});

test('words are switches with their numbers, reached by arrows', async () => {
  const ontoggle = vi.fn();
  const rows = ['app', 'store'].map((label, row) => ({
    label,
    all: 10,
    left: 4 + row,
    value: String(4 + row),
    tip: { title: label, lines: [{ label: 'customers', value: `${4 + row} of 10` }] },
    isChosen: row === 1,
    isQuiet: false,
  }));
  const screen = await onStage(ToggleBars, { label: 'Channel', rows, ontoggle });
  await userEvent.tab();
  await expect.element(screen.getByRole('button', { name: 'app, customers 4 of 10' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect
    .element(screen.getByRole('button', { name: 'store, customers 5 of 10' }))
    .toHaveAttribute('aria-pressed', 'true');
  expect(ontoggle.mock.calls).toEqual([[1]]);
});

test('a word of the data that reads like the row of what is not known stands beside it', async () => {
  const ontoggle = vi.fn();
  const row = { all: 4, left: 4, label: '未知', value: '4', tip: { title: '未知', lines: [] }, isChosen: false };
  const screen = await onStage(ToggleBars, {
    label: '性别',
    rows: [
      { ...row, isQuiet: false },
      { ...row, isQuiet: true },
    ],
    ontoggle,
  });
  await expect.poll(() => screen.container.querySelectorAll('.hit').length).toBe(2);
  screen.container.querySelectorAll('.hit')[1]?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(ontoggle.mock.calls).toEqual([[1]]);
});
