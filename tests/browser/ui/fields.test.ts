import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import DateField from '../../../src/ui/DateField.svelte';
import NumberField from '../../../src/ui/NumberField.svelte';
import SegmentedControl from '../../../src/ui/SegmentedControl.svelte';
import Tabs from '../../../src/ui/Tabs.svelte';
import Toggle from '../../../src/ui/Toggle.svelte';
import { markup, onStage } from './on-stage';

const options = [
  { value: 'split', label: 'split' },
  { value: 'keep', label: 'keep together' },
  { value: 'mean', label: 'mean' },
];

test('a segmented control is one Tab stop, and arrows move and choose', async () => {
  const onchange = vi.fn();
  const screen = await onStage(SegmentedControl, { label: 'Ties', options, value: 'split', onchange });
  await expect.element(screen.getByRole('group', { name: 'Ties' })).toBeVisible();
  await userEvent.tab();
  await expect.element(screen.getByRole('radio', { name: 'split' })).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}');
  expect(onchange.mock.calls).toEqual([['keep']]);
  await expect.element(screen.getByRole('radio', { name: 'keep together' })).toBeChecked();
});

test('a number out of bounds is kept, marked as wrong and handed on; an empty box is null', async () => {
  const onchange = vi.fn();
  const screen = await onStage(NumberField, {
    label: 'Bins',
    value: 5,
    min: 2,
    max: 10,
    step: 1,
    unit: 'bins',
    onchange,
  });
  const box = screen.getByRole('spinbutton', { name: 'Bins' });
  await userEvent.fill(box, '12');
  await userEvent.tab();
  await expect.element(box).toHaveAttribute('aria-invalid', 'true');
  await userEvent.fill(box, '');
  await userEvent.tab();
  await expect.element(box).not.toHaveAttribute('aria-invalid');
  expect(onchange.mock.calls).toEqual([[12], [null]]);
});

test('a day outside the bounds is shown as wrong and not handed on', async () => {
  const onchange = vi.fn();
  const screen = await onStage(DateField, {
    label: 'As of',
    value: '2025-06-01',
    min: '2024-01-01',
    max: '2026-01-01',
    onchange,
  });
  const box = screen.getByLabelText('As of');
  await userEvent.fill(box, '2027-01-01');
  await expect.element(box).toHaveAttribute('aria-invalid', 'true');
  await userEvent.fill(box, '2025-12-31');
  await expect.element(box).not.toHaveAttribute('aria-invalid');
  expect(onchange.mock.calls).toEqual([['2025-12-31']]);
});

test('a day that may not be cleared comes back', async () => {
  const screen = await onStage(DateField, { label: 'As of', value: '2025-06-01' });
  const box = screen.getByLabelText('As of');
  await userEvent.fill(box, '');
  await expect.element(box).toHaveValue('2025-06-01');
});

test('a toggle is a switch that Space turns', async () => {
  const onchange = vi.fn();
  const screen = await onStage(Toggle, { label: 'Compare', checked: false, onchange });
  await userEvent.tab();
  await userEvent.keyboard(' ');
  await expect.element(screen.getByRole('switch', { name: 'Compare' })).toBeChecked();
  expect(onchange.mock.calls).toEqual([[true]]);
});

test('arrows, Home and End walk the tabs and the panel follows', async () => {
  const onchange = vi.fn();
  const tabs = ['who', 'orders', 'sql'].map((id) => ({ id, label: id }));
  const screen = await onStage(Tabs, {
    label: 'Panel',
    tabs,
    selected: 'who',
    onchange,
    panel: markup('<p>inside</p>'),
  });
  await userEvent.tab();
  await expect.element(screen.getByRole('tab', { name: 'who' })).toHaveFocus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(screen.getByRole('tab', { name: 'sql' })).toHaveFocus();
  await expect.element(screen.getByRole('tabpanel', { name: 'sql' })).toHaveTextContent('inside');
  await userEvent.keyboard('{Home}{ArrowRight}');
  expect(onchange.mock.calls).toEqual([['sql'], ['who'], ['orders']]);
});
