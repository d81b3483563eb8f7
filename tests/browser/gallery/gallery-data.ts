import type { BarRow } from '../../../src/charts/bar-rows';
import type { AxisKey, BubbleCell } from '../../../src/charts/bubble-grid';
import { segmentColor } from '../../../src/charts/colors';
import type { Flow, FlowNode } from '../../../src/charts/flows';
import type { HistogramBin } from '../../../src/charts/histogram';
import type { Series } from '../../../src/charts/line-series';
import type { TreemapItem } from '../../../src/charts/treemap';

export type GalleryLocale = 'en' | 'zh';

export interface Segment {
  readonly key: string;
  readonly name: string;
  readonly customers: number;
  readonly revenueShare: number;
  readonly lastSeenDays: number;
  readonly since: number;
  readonly color: string;
}

const NAMES: Record<GalleryLocale, readonly string[]> = {
  en: [
    'Champions',
    'Loyal',
    'Potential loyalist',
    'New',
    'Promising',
    'Needs attention',
    'About to sleep',
    'At risk',
    "Can't lose",
    'Hibernating',
    'Lost',
  ],
  zh: [
    '冠军客户',
    '忠诚客户',
    '潜在忠诚客户',
    '新客户',
    '有希望的客户',
    '需要关注',
    '即将沉睡',
    '流失预警',
    '不能失去',
    '冬眠客户',
    '已流失',
  ],
};
const CUSTOMERS = [4120, 6380, 5210, 3890, 2470, 3310, 3720, 4150, 1284, 4480, 2193];
const REVENUE = [0.314, 0.248, 0.101, 0.044, 0.026, 0.062, 0.039, 0.075, 0.049, 0.031, 0.011];
const LAST_SEEN = [9, 21, 33, 14, 26, 58, 64, 118, 96, 171, 302];
const SINCE = [212, -96, 140, 402, -51, 88, -20, 131, 318, -410, -714];
export const EVERYONE = 41_207;

export function segments(locale: GalleryLocale): Segment[] {
  return CUSTOMERS.map((customers, index) => ({
    key: `s${index + 1}`,
    name: NAMES[locale][index] ?? '',
    customers,
    revenueShare: REVENUE[index] ?? 0,
    lastSeenDays: LAST_SEEN[index] ?? 0,
    since: SINCE[index] ?? 0,
    color: segmentColor(index + 1),
  }));
}

export function barRows(locale: GalleryLocale): BarRow[] {
  return segments(locale).map((segment) => ({
    key: segment.key,
    label: segment.name,
    color: segment.color,
    first: segment.customers / EVERYONE,
    second: segment.revenueShare,
  }));
}

export function treemapItems(locale: GalleryLocale): TreemapItem[] {
  return segments(locale).map((segment) => ({
    key: segment.key,
    label: segment.name,
    value: segment.customers,
    color: segment.color,
    detail: `${(segment.revenueShare * 100).toFixed(1)}%`,
  }));
}

const SIZES = [
  [1890, 2010, 2240, 2890, 4120],
  [1340, 1820, 2050, 2310, 2450],
  [1210, 1530, 1710, 1480, 1120],
  [980, 1420, 1610, 1290, 610],
  [420, 910, 1850, 2010, 1284],
];

export const SCORES: readonly AxisKey[] = [1, 2, 3, 4, 5].map((score) => ({
  key: String(score),
  label: String(score),
}));
export const SCORES_DOWN: readonly AxisKey[] = SCORES.toReversed();

export function bubbleCells(locale: GalleryLocale): BubbleCell[] {
  return SIZES.flatMap((row, rowIndex) =>
    row.map((size, columnIndex) => {
      const recency = 5 - rowIndex;
      const cantLose = recency <= 1 && columnIndex === 4;
      return {
        key: `${recency}${columnIndex + 1}`,
        row: String(recency),
        column: String(columnIndex + 1),
        size,
        value: (columnIndex + 1) ** 2 * 90 + recency * 60,
        ...(cantLose ? { group: 's9', label: NAMES[locale][8] ?? '' } : {}),
      };
    }),
  );
}

/** Days since the last order: most are recent, with a long tail. */
export const RECENCY_BINS: readonly HistogramBin[] = Array.from({ length: 40 }, (_, index) => ({
  from: index * 10,
  to: (index + 1) * 10,
  count: Math.round(5200 * Math.exp(-index / 9) + 420 * Math.exp(-((index - 24) ** 2) / 18)),
}));

/** Money a customer, in bins of equal ratio. */
export const MONEY_BINS: readonly HistogramBin[] = Array.from({ length: 32 }, (_, index) => ({
  from: 10 * 10 ** (index / 8),
  to: 10 * 10 ** ((index + 1) / 8),
  count: Math.round(4200 * Math.exp(-((index - 14) ** 2) / 46)),
}));

export function flowNodes(locale: GalleryLocale): FlowNode[] {
  return segments(locale).map(({ key, name, color }) => ({ key, label: name, color }));
}

/** Two thirds stay, the rest moves one or two places, and a trickle jumps. */
export const FLOWS: readonly Flow[] = CUSTOMERS.flatMap((customers, from) =>
  CUSTOMERS.map((_, to) => {
    const distance = Math.abs(from - to);
    const share = distance === 0 ? 0.62 : distance === 1 ? 0.13 : distance === 2 ? 0.05 : distance === 5 ? 0.02 : 0;
    return { from: `s${from + 1}`, to: `s${to + 1}`, value: Math.round(customers * share) };
  }),
);

export function lineSeries(locale: GalleryLocale): Series[] {
  const named = segments(locale);
  return [0, 1, 8].map((position, rank) => ({
    key: `s${position + 1}`,
    label: named[position]?.name ?? '',
    color: segmentColor(position + 1),
    points: Array.from({ length: 24 }, (_, month) => ({
      x: Date.UTC(2024, month, 1),
      y:
        rank === 2 && month === 7
          ? null
          : Math.round((5200 - rank * 1600) * (1 + 0.16 * Math.sin(month / 2 + rank)) + month * 40),
    })),
  }));
}
