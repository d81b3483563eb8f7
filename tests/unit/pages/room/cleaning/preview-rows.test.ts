import { describe, expect, it } from 'vitest';
import type { StepReport, TouchedRow } from '../../../../../src/ingest/cleaning/report';
import { previewRows, sideColumns } from '../../../../../src/pages/room/cleaning/preview-rows';

const REPORT: StepReport = {
  id: 's',
  state: 'done',
  mistake: null,
  rowsBefore: 2,
  rowsAfter: 1,
  rowsChanged: 1,
  cellsChanged: 2,
  changes: [],
  sample: [],
  columnsBefore: [
    { key: 'c0', name: 'a' },
    { key: 'c1', name: 'gone' },
  ],
  columnsAfter: [
    { key: 'c2', name: 'new' },
    { key: 'c0', name: 'a' },
  ],
};
const ROWS: readonly TouchedRow[] = [
  { sourceRow: 2, dropped: false, before: ['x ', '1'], after: ['made', 'x'] },
  { sourceRow: 3, dropped: true, before: ['y', null], after: [] },
];

describe('previewRows', () => {
  it('gives each cell of the later side with what it was; a new column was a gap', () => {
    expect(sideColumns(REPORT, 'after').map(({ name }) => name)).toEqual(['new', 'a']);
    expect(previewRows(REPORT, ROWS, 'after')).toEqual([
      {
        sourceRow: 2,
        dropped: false,
        cells: [
          { text: 'made', other: null },
          { text: 'x', other: 'x ' },
        ],
      },
      {
        sourceRow: 3,
        dropped: true,
        cells: [
          { text: null, other: undefined },
          { text: 'y', other: undefined },
        ],
      },
    ]);
  });

  it('marks on the earlier side what will change, and not the cells of a column that goes', () => {
    expect(sideColumns(REPORT, 'before').map(({ name }) => name)).toEqual(['a', 'gone']);
    expect(previewRows(REPORT, ROWS, 'before')[0]?.cells).toEqual([
      { text: 'x ', other: 'x' },
      { text: '1', other: undefined },
    ]);
  });
});
