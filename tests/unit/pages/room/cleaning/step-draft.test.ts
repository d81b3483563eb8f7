import { describe, expect, it } from 'vitest';
import type { StepAction } from '../../../../../src/ingest/cleaning/step';
import { actionOf, draftOf, emptyDraft } from '../../../../../src/pages/room/cleaning/step-draft';
import { fieldsOf, KIND_GROUPS } from '../../../../../src/pages/room/cleaning/step-fields';

const ACTIONS: readonly StepAction[] = [
  { do: 'trim', columns: 'all' },
  { do: 'half-width', columns: ['城市', 'a, b'] },
  { do: 'collapse-blanks', columns: 'all' },
  { do: 'case', columns: ['x'], to: 'title' },
  { do: 'replace', columns: ['x'], find: ' ', put: '', as: 'pattern' },
  {
    do: 'map-values',
    column: 'x',
    values: [
      { from: 'M', to: '男' },
      { from: null, to: '未知' },
      { from: '?', to: null },
    ],
    others: 'empty',
  },
  {
    do: 'merge-spellings',
    column: '城市',
    groups: [
      { to: '上海', from: ['上海市', 'SH'] },
      { to: 'a => b', from: ['c'] },
    ].slice(0, 1),
  },
  { do: 'scale', column: 'x', factor: '0.01', units: [{ unit: '万', factor: '10000' }] },
  { do: 'read-number', column: 'x', format: 'comma', unreadable: 'empty' },
  { do: 'read-time', column: 'x', format: 'dmy', zoneOffsetMinutes: 330, unreadable: 'keep' },
  { do: 'fill-gaps', column: 'x', fill: { with: 'value', value: '0' } },
  { do: 'fill-gaps', column: 'x', fill: { with: 'median', by: ['y', 'z'] } },
  { do: 'fill-gaps', column: 'x', fill: { with: 'mode', by: [] } },
  { do: 'fill-gaps', column: 'x', fill: { with: 'previous', by: ['y'], order: 'z' } },
  { do: 'fill-gaps', column: 'x', fill: { with: 'previous', by: [], order: null } },
  { do: 'fill-gaps', column: 'x', fill: { with: 'nothing' } },
  { do: 'fill-gaps', column: 'x', fill: { with: 'drop-row' } },
  { do: 'outliers', column: 'x', bounds: { by: 'iqr', factor: 1.5 }, then: 'flag', flag: 'odd' },
  { do: 'outliers', column: 'x', bounds: { by: 'quantile', low: 0.025, high: 0.975 }, then: 'clip', flag: 'f' },
  { do: 'outliers', column: 'x', bounds: { by: 'value', low: '-1.5', high: null }, then: 'drop-row', flag: 'f' },
  { do: 'split', column: 'x', at: ' ', into: ['a', 'b'], keep: false },
  { do: 'join', columns: ['b', 'a'], between: '', into: 'c', keep: true },
  { do: 'compute', into: 'x', expression: 'a * 2' },
  { do: 'drop-columns', columns: ['x'] },
  { do: 'keep-rows', expression: 'a > 2' },
  { do: 'distinct-rows' },
  { do: 'distinct-by', columns: ['x'], choose: { keep: 'last' } },
  { do: 'distinct-by', columns: ['x'], choose: { keep: 'largest', of: 'y' } },
];

describe('a step in its form', () => {
  it.each(ACTIONS.map((action) => [JSON.stringify(action), action] as const))(
    'comes out as it went in: %s',
    (_, action) => {
      expect(actionOf(draftOf(action))).toEqual(action);
    },
  );

  it('has a form for every kind that the menu offers', () => {
    const offered = Object.values(KIND_GROUPS).flat();
    expect(new Set(offered)).toEqual(new Set(ACTIONS.map((action) => action.do)));
    for (const kind of offered) {
      const inputs = fieldsOf(emptyDraft(kind, 'x')).map(({ field }) => field);
      expect(new Set(inputs).size).toBe(inputs.length);
    }
  });

  it('is no step while something is missing or cannot be read', () => {
    const typed = (kind: StepAction['do'], texts: Record<string, string>) => {
      const draft = emptyDraft(kind, 'x');
      return actionOf({ ...draft, texts: { ...draft.texts, ...texts } });
    };
    expect(typed('replace', {})).toBeNull();
    expect(typed('scale', { factor: 'ten' })).toBeNull();
    expect(typed('scale', { units: '万 => many' })).toBeNull();
    expect(typed('map-values', { values: 'M 男' })).toBeNull();
    expect(typed('compute', { name: ' ', expression: '1' })).toBeNull();
    expect(typed('outliers', { boundsBy: 'quantile', lowShare: '101' })).toBeNull();
    expect(typed('outliers', { boundsBy: 'value', low: 'x' })).toBeNull();
    expect(typed('read-time', { zoneHours: '' })).toBeNull();
    expect(actionOf(emptyDraft('distinct-by', 'x'))).toBeNull();
    expect(actionOf(emptyDraft('join', 'x'))).toBeNull();
  });
});
