import { expect, test } from 'vitest';
import { placePopover } from '../../../src/ui/menu-position';

const viewport = { width: 400, height: 300 };
const size = { width: 160, height: 100 };

test('a menu hangs under its button, at the start or at the end edge', () => {
  const anchor = { left: 200, right: 260, top: 20, bottom: 50 };
  expect(placePopover(anchor, size, viewport, 'start')).toEqual({ left: 200, top: 54 });
  expect(placePopover(anchor, size, viewport, 'end')).toEqual({ left: 100, top: 54 });
});

test('it goes above where there is no room below', () => {
  expect(placePopover({ left: 10, right: 60, top: 250, bottom: 280 }, size, viewport).top).toBe(146);
});

test('it never leaves the viewport', () => {
  expect(placePopover({ left: 380, right: 395, top: 20, bottom: 50 }, size, viewport).left).toBe(236);
  expect(placePopover({ left: 2, right: 30, top: 20, bottom: 50 }, size, viewport, 'end').left).toBe(4);
});
