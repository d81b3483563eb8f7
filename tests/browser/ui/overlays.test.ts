import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import Menu from '../../../src/ui/Menu.svelte';
import { ToastQueue } from '../../../src/ui/toasts.svelte';
import Toasts from '../../../src/ui/Toasts.svelte';
import { findAccessibilityViolations } from '../gallery/accessibility';
import { onStage } from './on-stage';
import Opener from './Opener.svelte';

test('a dialog takes the focus, closes on Esc and gives the focus back', async () => {
  const onclose = vi.fn();
  const screen = await onStage(Opener, { kind: 'dialog', onclose });
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('dialog', { name: 'Rename' })).toBeVisible();
  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  expect(document.activeElement?.closest('dialog')).not.toBeNull();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Open it' })).toHaveFocus();
  expect(onclose).toHaveBeenCalledOnce();
});

test.each([
  { width: 1280, modal: false },
  { width: 390, modal: true },
])('a drawer at $width px: modal $modal; Esc closes it and gives the focus back', async ({ width, modal }) => {
  await page.viewport(width, 800);
  const screen = await onStage(Opener, { kind: 'drawer' });
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  const drawer = screen.getByRole('dialog', { name: "Can't lose" });
  await expect.element(drawer).toBeVisible();
  await expect.element(screen.getByRole('heading', { name: "Can't lose" })).toHaveFocus();
  expect(drawer.element().matches(':modal')).toBe(modal);
  const room = getComputedStyle(document.documentElement).getPropertyValue('--drawer-space');
  expect(room).toBe(modal ? '0px' : '320px');
  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(drawer).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Open it' })).toHaveFocus();
});

test('a menu opens with its first command, arrows and letters move, Enter chooses and focus returns', async () => {
  const onselect = vi.fn();
  const items = [
    { id: 'csv', label: 'CSV' },
    { id: 'off', label: 'Nothing', disabled: true },
    { id: 'xlsx', label: 'Excel' },
    { id: 'parquet', label: 'Parquet' },
  ];
  const screen = await onStage(Menu, { label: 'Export', items, onselect });
  await userEvent.tab();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByRole('menuitem', { name: 'CSV' })).toHaveFocus();
  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByRole('menuitem', { name: 'Excel' })).toHaveFocus();
  await userEvent.keyboard('p');
  await expect.element(screen.getByRole('menuitem', { name: 'Parquet' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(onselect.mock.calls).toEqual([['parquet']]);
  await expect.element(screen.getByRole('button', { name: 'Export' })).toHaveFocus();
});

test('Esc closes a menu without choosing, and what is around it sees the key as taken', async () => {
  const onselect = vi.fn();
  const taken: boolean[] = [];
  const listen = (event: KeyboardEvent): void => void taken.push(event.defaultPrevented);
  window.addEventListener('keydown', listen);
  const screen = await onStage(Menu, { label: 'Export', items: [{ id: 'csv', label: 'CSV' }], onselect });
  await screen.getByRole('button', { name: 'Export' }).click();
  await expect.element(screen.getByRole('menuitem', { name: 'CSV' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: 'Export' })).toHaveFocus();
  await expect.element(screen.getByRole('menuitem', { name: 'CSV' })).not.toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  window.removeEventListener('keydown', listen);
  expect(taken).toEqual([true, false]);
  expect(onselect).not.toHaveBeenCalled();
});

test('messages are announced, errors at once; an action runs and takes its message away', async () => {
  const toasts = new ToastQueue();
  const run = vi.fn();
  const screen = await onStage(Toasts, { toasts });
  toasts.show({ text: 'Saved', action: { label: 'Undo', run } });
  toasts.show({ text: 'Not saved', kind: 'error' });
  await expect.element(screen.getByRole('status')).toHaveTextContent('Saved');
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Not saved');
  await screen.getByRole('button', { name: 'Undo' }).click();
  expect(run).toHaveBeenCalledOnce();
  expect(toasts.items.map((toast) => toast.text)).toEqual(['Not saved']);
});
