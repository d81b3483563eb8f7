import type { I18n } from '../../i18n/i18n.svelte';
import type { SmallCells } from '../../kernels/small-cells/protect-table';
import type { Column } from '../../ui/data-table';
import { addMoney } from '../../core/money';
import type { ChangeFigures, ChangeResult, Group } from './change';
import { FEW, partName, relativeChange, signedMoney, valueName } from './change-texts';
import { changeMessages } from './messages';
import { allRevenue, FACTORS } from './revenue-tree';
import type { GainLoss } from './switching';
import { GAIN_PARTS, type GainPart } from './switching.sql';

export type GroupFigures = NonNullable<ChangeFigures['groups']>;

/** Columns of money that moved: the sign is printed, the full figure shows on hover. */
function moneyColumn<Row>(i18n: I18n, key: string, label: string, value: (row: Row) => number): Column<Row> {
  return {
    key,
    label,
    numeric: true,
    value,
    text: (row) => signedMoney(i18n.format, value(row)),
    title: (row) => i18n.format.decimal(value(row), 2),
  };
}

function levelColumn<Row>(i18n: I18n, key: string, label: string, value: (row: Row) => number): Column<Row> {
  return {
    key,
    label,
    numeric: true,
    value,
    text: (row) => i18n.format.compact(value(row)),
    title: (row) => i18n.format.decimal(value(row), 2),
  };
}

function countColumn<Row>(i18n: I18n, key: string, label: string, value: (row: Row) => number): Column<Row> {
  return {
    key,
    label,
    numeric: true,
    value,
    text: (row) => i18n.format.integer(value(row)),
    tone: (row) => (value(row) < FEW ? 'unsure' : undefined),
  };
}

/** The values of a breakdown: what they come to, and what each factor contributed in them. */
export function groupColumns(i18n: I18n, result: ChangeResult, { by }: GroupFigures): readonly Column<Group>[] {
  const m = i18n.of(changeMessages);
  return [
    { key: 'name', label: m[by], value: (row) => valueName(i18n, row) },
    levelColumn(i18n, 'before', m.before, ({ decomposition }) => allRevenue(decomposition.before)),
    levelColumn(i18n, 'now', m.now, ({ decomposition }) => allRevenue(decomposition.now)),
    moneyColumn(i18n, 'change', m.change, ({ decomposition }) => decomposition.change),
    {
      key: 'share',
      label: '%',
      numeric: true,
      value: ({ decomposition: { before, change } }) => change / Math.abs(allRevenue(before)),
      text: ({ decomposition: { before, now } }) => relativeChange(i18n.format, allRevenue(before), allRevenue(now)),
    },
    countColumn(
      i18n,
      'customersBefore',
      m.titleOf(m.customers, m.before),
      ({ decomposition }) => decomposition.before.customers,
    ),
    countColumn(
      i18n,
      'customersNow',
      m.titleOf(m.customers, m.now),
      ({ decomposition }) => decomposition.now.customers,
    ),
    ...FACTORS.map((factor) =>
      moneyColumn<Group>(
        i18n,
        factor,
        `Δ ${partName(i18n, factor, result, result.figures?.total ?? { hasItems: true })}`,
        ({ decomposition }) => decomposition.parts[factor],
      ),
    ),
    moneyColumn(i18n, 'others', `Δ ${m.others}`, ({ decomposition: { parts } }) =>
      addMoney(parts.refunds, parts.unidentified),
    ),
  ];
}

/** The values of a label: what they come to, and where their change comes from. */
export function valueColumns(i18n: I18n): readonly Column<GainLoss>[] {
  const m = i18n.of(changeMessages);
  return [
    { key: 'name', label: m.value, value: (row) => valueName(i18n, row) },
    levelColumn(i18n, 'before', m.before, (row) => row.before),
    levelColumn(i18n, 'now', m.now, (row) => row.now),
    moneyColumn(i18n, 'change', m.change, (row) => row.change),
    countColumn(i18n, 'customersBefore', m.titleOf(m.customers, m.before), (row) => row.customersBefore),
    countColumn(i18n, 'customersNow', m.titleOf(m.customers, m.now), (row) => row.customersNow),
    ...GAIN_PARTS.filter((part) => part !== 'without').map((part) =>
      moneyColumn<GainLoss>(i18n, part, gainPartName(i18n, part), ({ parts }) => parts[part]),
    ),
    moneyColumn(i18n, 'others', m.others, ({ parts, unidentified }) => addMoney(parts.without, unidentified)),
  ];
}

export function gainPartName(i18n: I18n, part: GainPart): string {
  const m = i18n.of(changeMessages);
  const names: Readonly<Record<GainPart, string>> = {
    new: m.gainNew,
    lost: m.gainLost,
    more: m.gainMore,
    less: m.gainLess,
    switchedIn: m.switchedIn,
    switchedOut: m.switchedOut,
    without: m.without,
  };
  return names[part];
}

/** The smallest of the counts above zero; 0 where there is none. */
export function fewestOf(counts: readonly number[]): number {
  const known = counts.filter((count) => count > 0);
  return known.length === 0 ? 0 : Math.min(...known);
}

/** Every figure of a row is withheld where one of its counts is of few: they give each other back. */
export function cellsOfFewest<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  counts: (row: Row) => readonly number[],
): SmallCells {
  return {
    layout: 'list',
    customers: rows.map((row) => fewestOf(counts(row))),
    measures: columns.flatMap(({ numeric }, place) => (numeric === true ? [place] : [])),
  };
}

export function groupCounts({ decomposition: { before, now } }: Group): readonly number[] {
  return [before.customers, now.customers, before.refunded, now.refunded];
}

export function valueCounts({ customersBefore, customersNow, customers }: GainLoss): readonly number[] {
  return [customersBefore, customersNow, ...Object.values(customers)];
}
