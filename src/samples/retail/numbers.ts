import { windowDay, type Window } from './calendar';

/**
 * A member number: 18 digits that differ only in the last ones, so that a reader who takes them for
 * doubles merges whole groups of members. `membership` is 0 for a person's first number, 1 for the second.
 */
export function memberNumber(person: number, membership: number): string {
  return `8801${10_000_000_000_000 + membership * 20_000_000 + person}`;
}

/** An order number: 18 digits, a 6, the day as YYMMDD and a running number in the order of time. */
export function orderNumber(window: Window, day: number, rank: number): string {
  const date = windowDay(window, day).slice(2).replaceAll('-', '');
  return `6${date}${10_000_000_000 + rank}`;
}
