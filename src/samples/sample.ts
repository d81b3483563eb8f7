import type { Day } from '../core/dates';
import type { Locale } from '../i18n/format';

/** What a file of a sample company holds. `truth` is what the generator knows and no shop would. */
export const SAMPLE_KINDS = [
  'orders',
  'members',
  'events',
  'feedback',
  'external',
  'campaigns',
  'holidays',
  'truth',
] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface SampleOptions {
  /** The same seed gives the same bytes. */
  readonly seed: number;
  /** People, not member numbers: some people hold two. */
  readonly customers: number;
  /** The day after the last one in the files. */
  readonly asOf: Day;
  /** The language of the words; ids, times and money are the same in both. */
  readonly locale: Locale;
}

/** A file as it is written piece by piece, so that a large one never stands in memory whole. */
export interface SampleStream {
  readonly name: string;
  readonly kind: SampleKind;
  readonly encoding: 'utf-8' | 'gb18030';
  /** The bytes from the start, anew on every call. `onShare` hears how much is written, 0..1. */
  chunks(onShare?: (share: number) => void): Generator<Uint8Array<ArrayBuffer>>;
}

export interface SampleFile {
  readonly name: string;
  readonly blob: Blob;
  readonly kind: SampleKind;
}

export type SampleId = 'retail';

/** A company as the start page offers it. */
export interface Sample {
  readonly seed: number;
  readonly asOf: Day;
  /** The size that opens within a few seconds. */
  readonly customers: number;
  readonly leastCustomers: number;
  readonly mostCustomers: number;
}

export const SAMPLES: Readonly<Record<SampleId, Sample>> = {
  retail: {
    seed: 20260101,
    asOf: '2026-01-01',
    customers: 12_000,
    leastCustomers: 1_000,
    mostCustomers: 1_000_000,
  },
};
