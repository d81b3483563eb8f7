import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import type { Column } from '../../ui/data-table';
import { changeSince } from './changes';
import { groupName } from './group-texts';
import { rfmMessages } from './messages';
import type { Migration } from './migration';
import type { GroupSummary } from './rfm';
import { GROUP_COLORS, PROSPECTS } from './segments';

/** Below this, a mean rests on too few people to be read. */
const FEW = 30;

/** The columns of the table of groups; the last is there when another date is compared with. */
export function groupColumns(i18n: I18n, migration: Migration | null): readonly Column<GroupSummary>[] {
  const m = i18n.of(rfmMessages);
  const { format } = i18n;
  const unsure = ({ customers }: GroupSummary): 'unsure' | undefined => (customers < FEW ? 'unsure' : undefined);
  return [
    {
      key: 'group',
      label: m.segment,
      value: ({ group }) => groupName(i18n, group),
      color: ({ group }) => GROUP_COLORS[group],
    },
    {
      key: 'customers',
      label: m.customers,
      numeric: true,
      value: (row) => row.customers,
      text: (row) => format.integer(row.customers),
    },
    {
      key: 'share',
      label: m.share,
      numeric: true,
      value: (row) => row.customerShare,
      text: (row) => format.percent(row.customerShare),
    },
    {
      key: 'revenue',
      label: m.revenue,
      numeric: true,
      value: (row) => row.revenue,
      text: (row) => format.compact(row.revenue),
      title: (row) => format.decimal(row.revenue, 2),
    },
    {
      key: 'revenueShare',
      label: m.ofRevenue,
      numeric: true,
      value: (row) => row.revenueShare,
      text: (row) => format.percent(row.revenueShare),
    },
    {
      key: 'perHead',
      label: m.perHead,
      numeric: true,
      value: (row) => row.revenuePerHead,
      text: (row) => format.compact(row.revenuePerHead),
      title: (row) => format.decimal(row.revenuePerHead, 2),
      tone: unsure,
    },
    {
      key: 'lastSeen',
      label: m.lastSeen,
      unit: m.days,
      numeric: true,
      value: (row) => row.medianRecencyDays,
      text: (row) => format.integer(row.medianRecencyDays),
      title: (row) => m.medianAndMean(format.decimal(row.medianRecencyDays, 1), format.decimal(row.meanRecencyDays, 1)),
      tone: unsure,
    },
    {
      key: 'orders',
      label: m.ordersEach,
      numeric: true,
      value: (row) => row.orders / row.customers,
      text: (row) => format.decimal(row.orders / row.customers, 1),
      title: (row) => format.integer(row.orders),
      tone: unsure,
    },
    ...(migration === null ? [] : [changeColumn(i18n, migration)]),
  ];
}

/** How the table counts customers: all figures of a group are withheld together. */
export function groupCells(columns: readonly Column<GroupSummary>[]): SmallCells {
  const count = columns.findIndex(({ key }) => key === 'customers');
  const measures = columns.flatMap(({ numeric }, i) => (numeric === true && i !== count ? [i] : []));
  return { layout: 'list', count, measures };
}

function changeColumn(i18n: I18n, migration: Migration): Column<GroupSummary> {
  const change = ({ group }: GroupSummary): number =>
    group === PROSPECTS ? Number.NaN : changeSince(migration, group);
  return {
    key: 'change',
    label: i18n.of(rfmMessages).since(migration.compareWith),
    numeric: true,
    value: change,
    text: (row) => i18n.format.integer(Math.abs(change(row))),
    tone: (row) => (change(row) > 0 ? 'up' : change(row) < 0 ? 'down' : undefined),
  };
}
