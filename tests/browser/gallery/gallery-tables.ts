import type { Format } from '../../../src/i18n/format';
import type { Column } from '../../../src/ui/data-table';
import { EVERYONE, type Segment } from './gallery-data';
import type { GalleryWords } from './gallery-words';

export interface Order {
  readonly id: string;
  readonly amount: number;
}

/** Enough rows that the table must scroll; amounts in no order. */
export const ORDERS: readonly Order[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `C${String(index + 1).padStart(6, '0')}`,
  amount: (index * 7919) % 12_000,
}));

export function orderColumns(words: GalleryWords, format: Format): Column<Order>[] {
  return [
    { key: 'id', label: words.customer, value: (row) => row.id },
    {
      key: 'amount',
      label: words.amount,
      numeric: true,
      value: (row) => row.amount,
      text: (row) => format.integer(row.amount),
    },
  ];
}

export function segmentColumns(words: GalleryWords, format: Format): Column<Segment>[] {
  const share = (row: Segment): number => row.customers / EVERYONE;
  return [
    { key: 'name', label: words.segment, value: (row) => row.name, color: (row) => row.color },
    {
      key: 'customers',
      label: words.customers,
      numeric: true,
      value: (row) => row.customers,
      text: (row) => format.integer(row.customers),
    },
    { key: 'share', label: words.share, numeric: true, value: share, text: (row) => format.percent(share(row)) },
    {
      key: 'revenue',
      label: words.revenueShare,
      numeric: true,
      value: (row) => row.revenueShare,
      text: (row) => format.percent(row.revenueShare),
    },
    { key: 'seen', label: words.lastSeen, unit: words.days, numeric: true, value: (row) => row.lastSeenDays },
    {
      key: 'since',
      label: words.since,
      numeric: true,
      value: (row) => row.since,
      text: (row) => format.integer(Math.abs(row.since)),
      tone: (row) => (row.since > 0 ? 'up' : 'down'),
    },
  ];
}
