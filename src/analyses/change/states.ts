import type { State } from './change.sql';

/** The three ways to be a customer of two periods. */
export type Meeting = 'lapsed' | 'repeating' | 'new';
export const MEETINGS: Readonly<Record<Meeting, readonly State[]>> = {
  lapsed: ['lapsed'],
  repeating: ['less', 'same', 'more'],
  new: ['new'],
};

export const STATE_COLORS: Readonly<Record<Meeting, string>> = {
  lapsed: 'var(--seg-9)',
  repeating: 'var(--ramp-3)',
  new: 'var(--seg-1)',
};
