import type { I18n } from '../../i18n/i18n.svelte';
import type { Column } from '../../ui/data-table';
import { rfmMessages } from './messages';
import type { Dimension } from './rfm-params';
import type { CutSensitivity } from './sensitivity';

/** The columns of the table of cuts; shares are of `customers`. */
export function sensitivityColumns(
  i18n: I18n,
  customers: number,
  print: (dimension: Dimension, value: number) => string,
): readonly Column<CutSensitivity>[] {
  const m = i18n.of(rfmMessages);
  const share = (count: number): number => (customers === 0 ? Number.NaN : count / customers);
  return [
    { key: 'dimension', label: m.cut, value: (row) => m[row.dimension] },
    {
      key: 'value',
      label: m.to,
      numeric: true,
      value: (row) => row.value,
      text: (row) => print(row.dimension, row.value),
    },
    {
      key: 'lower',
      label: m.ifLower,
      numeric: true,
      value: (row) => share(row.changedIfLower),
      text: (row) => i18n.format.percent(share(row.changedIfLower)),
    },
    {
      key: 'higher',
      label: m.ifHigher,
      numeric: true,
      value: (row) => share(row.changedIfHigher),
      text: (row) => i18n.format.percent(share(row.changedIfHigher)),
    },
  ];
}
