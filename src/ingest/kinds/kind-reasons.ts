import type { KindNeed } from './kinds';

/** Why a row of a file that holds no orders is not in its table. */
export const KIND_LEFT_OUT_REASONS = [
  'too-few-cells',
  'too-many-cells',
  'unclosed-quote',
  'no-time',
  'bad-time',
  'no-person',
  'no-product',
  'no-order',
  'no-line',
  'no-event',
  'no-content',
  'no-value',
  'bad-value',
  'order-not-found',
  'order-without-lines',
  'no-amount',
  'outside-period',
  'not-in-sample',
] as const;
export type KindLeftOutReason = (typeof KIND_LEFT_OUT_REASONS)[number];

/** The reason for a row without what its kind needs; `isWritten` where something is there that cannot be read. */
export function reasonFor(need: KindNeed, isWritten: boolean): KindLeftOutReason {
  switch (need) {
    case 'time':
      return isWritten ? 'bad-time' : 'no-time';
    case 'value':
      return isWritten ? 'bad-value' : 'no-value';
    case 'content':
      return isWritten ? 'bad-value' : 'no-content';
    case 'person':
      return 'no-person';
    case 'product':
      return 'no-product';
    case 'order':
      return 'no-order';
    case 'line':
      return isWritten ? 'bad-value' : 'no-line';
    case 'event':
      return 'no-event';
  }
}
