import { addMoney } from '../../core/money';

/**
 * The parts rounded to cents so that they sum to `total` exactly: what rounding leaves over is added to the largest
 * part (the first of equal ones), which it changes by half a cent a part at most, beside the total's own decimals
 * beyond cents. No parts for no parts.
 *
 * @param parts finite, summing to `total` up to the last bits
 * @param total with at most six decimals
 */
export function roundToTotal(parts: readonly number[], total: number): number[] {
  const rounded = parts.map((part) => Math.round(part * 100) / 100);
  const largest = parts.reduce((best, part, i) => (Math.abs(part) > Math.abs(parts[best] ?? 0) ? i : best), 0);
  const rest = rounded.reduce((left, part) => addMoney(left, -part), total);
  return rounded.map((part, i) => addMoney(part, i === largest ? rest : 0));
}
