import { addDays } from '../../core/dates';
import type { Format } from '../../i18n/format';
import type { I18n } from '../../i18n/i18n.svelte';
import { periodMessages } from '../period-messages';
import type { Period } from '../periods';
import type { ChangeResult } from './change';
import type { LabelValue } from './change-params';
import { changeMessages } from './messages';
import type { Decomposition, Factor, Part } from './revenue-tree';

/** Fewer customers than this are greyed. */
export const FEW = 30;

/** Money with its sign: +1.2K, −340. */
export function signedMoney(format: Format, amount: number): string {
  return signed(amount, format.compact(Math.abs(amount)));
}

/** How far a figure moved, with its sign: +4.2%. A dash where it began at zero, or either is not known. */
export function relativeChange(format: Format, before: number, now: number): string {
  const share = (now - before) / Math.abs(before);
  return signed(share, format.percent(Math.abs(share)));
}

function signed(value: number, size: string): string {
  return !Number.isFinite(value) || value === 0 ? size : `${value > 0 ? '+' : '−'}${size}`;
}

export function valueName(i18n: I18n, { name }: LabelValue): string {
  return name ?? i18n.of(changeMessages).notGiven;
}

/** The days of a period, as the controls print them. */
export function rangeText(i18n: I18n, { from, to }: Period): string {
  return i18n.of(periodMessages).range(from, addDays(to, -1));
}

/** What the parts are called: items are lines where the file says nothing of pieces. */
export function partName(
  i18n: I18n,
  part: Part,
  { hasQuantity }: Pick<ChangeResult, 'hasQuantity'>,
  { hasItems }: Pick<Decomposition, 'hasItems'>,
): string {
  const m = i18n.of(changeMessages);
  if (part === 'pricePerItem' && !hasItems) return m.orderValue;
  if (hasQuantity) return m[part];
  return part === 'itemsPerOrder' ? m.linesPerOrder : part === 'pricePerItem' ? m.pricePerLine : m[part];
}

/** A factor with the digits it needs. */
export function factorText(format: Format, factor: Factor, value: number): string {
  if (factor === 'customers') return format.integer(value);
  return factor === 'pricePerItem' && Math.abs(value) >= 1000 ? format.compact(value) : format.decimal(value, 2);
}
