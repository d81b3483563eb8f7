import { describe, expect, it, vi } from 'vitest';
import { RFM_DEFAULTS, type RfmParams } from '../../../src/analyses/rfm/rfm-params';
import { Dashboard } from '../../../src/state/dashboard.svelte';
import { UndoLine } from '../../../src/state/undo-line.svelte';

const pinned = (...charts: string[]): Dashboard => {
  const dashboard = new Dashboard();
  for (const chart of charts) dashboard.pin({ analysis: 'rfm', chart, params: RFM_DEFAULTS });
  return dashboard;
};
const names = (dashboard: Dashboard): string[] => dashboard.charts.map(({ chart }) => chart);
const idOf = (dashboard: Dashboard, chart: string): string =>
  dashboard.charts.find((found) => found.chart === chart)?.id ?? '';

describe('a dashboard', () => {
  it('takes a chart once for the same parameters, however they are written, and again for others', () => {
    const dashboard = pinned('grid');
    const { compareWith, rules, naming, scoring } = RFM_DEFAULTS;
    const same: RfmParams = { compareWith, rules, naming, scoring };
    const other: RfmParams = { ...RFM_DEFAULTS, compareWith: '2024-01-01' };
    expect(dashboard.isPinned({ analysis: 'rfm', chart: 'grid', params: same })).toBe(true);
    expect(dashboard.pin({ analysis: 'rfm', chart: 'grid', params: same })).toBe(false);
    expect(dashboard.isPinned({ analysis: 'rfm', chart: 'grid', params: other })).toBe(false);
    expect(dashboard.pin({ analysis: 'rfm', chart: 'grid', params: other })).toBe(true);
    expect(dashboard.isPinned({ analysis: 'rfm', chart: 'bars', params: same })).toBe(false);
    expect(dashboard.charts).toMatchObject([
      { id: 'c1', params: { compareWith: null } },
      { id: 'c2', params: { compareWith: '2024-01-01' } },
    ]);
  });

  it('takes no chart whose parameters hold a mistake, nor parameters that are none', () => {
    const dashboard = new Dashboard();
    const mistaken: RfmParams = { ...RFM_DEFAULTS, compareWith: '2024-02-30' };
    for (const params of [mistaken, null, 'rfm']) {
      expect(dashboard.pin({ analysis: 'rfm', chart: 'grid', params })).toBe(false);
      expect(dashboard.isPinned({ analysis: 'rfm', chart: 'grid', params })).toBe(false);
    }
    expect(dashboard.canUndo).toBe(false);
  });

  it.each([
    ['c', 0, ['c', 'a', 'b']],
    ['a', 1, ['b', 'a', 'c']],
    ['a', 99, ['b', 'c', 'a']],
    ['b', -4, ['b', 'a', 'c']],
    ['b', 1, ['a', 'b', 'c']],
  ] as const)('puts %s at place %i', (chart, place, order) => {
    const dashboard = pinned('a', 'b', 'c');
    dashboard.move(idOf(dashboard, chart), place);
    expect(names(dashboard)).toEqual(order);
  });

  it('takes every change back and does it again, a removed chart with its words at its old place', () => {
    const dashboard = pinned('a', 'b', 'c');
    const id = idOf(dashboard, 'b');
    dashboard.change(id, { title: 'B', note: 'Why', width: 'full' });
    const before = dashboard.charts;
    dashboard.remove(id);
    expect(names(dashboard)).toEqual(['a', 'c']);
    dashboard.undo();
    expect(dashboard.charts).toEqual(before);
    expect(before[1]).toMatchObject({ chart: 'b', title: 'B', note: 'Why', width: 'full' });
    dashboard.undo();
    expect(dashboard.charts[1]).toMatchObject({ title: '', note: '', width: 'half' });
    dashboard.redo();
    dashboard.redo();
    expect(names(dashboard)).toEqual(['a', 'c']);
    expect(dashboard.canRedo).toBe(false);
  });

  it('takes parameters changed in one chart for all that had the same, a drag as one change', () => {
    const now = vi.spyOn(performance, 'now');
    const edits = new UndoLine();
    const dashboard = new Dashboard(edits);
    const compared = (day: string | null): RfmParams => ({ ...RFM_DEFAULTS, compareWith: day });
    for (const chart of ['grid', 'bars']) dashboard.pin({ analysis: 'rfm', chart, params: RFM_DEFAULTS });
    dashboard.pin({ analysis: 'rfm', chart: 'grid', params: compared('2023-01-01') });
    const days = (): unknown => dashboard.charts.map(({ params }) => (params as RfmParams).compareWith);
    const changeAt = (ms: number, day: string): void => {
      now.mockReturnValue(ms);
      const [first] = dashboard.charts;
      if (first !== undefined) dashboard.changeParams(first, compared(day));
    };
    changeAt(0, '2024-01-01');
    changeAt(300, '2024-01-02');
    changeAt(600, '2024-02-30');
    expect(days()).toEqual(['2024-01-02', '2024-01-02', '2023-01-01']);
    changeAt(5000, '2024-01-05');
    dashboard.undo();
    expect(days()).toEqual(['2024-01-02', '2024-01-02', '2023-01-01']);
    // What follows an undo is a change of its own, however soon.
    changeAt(5100, '2024-01-06');
    dashboard.undo();
    dashboard.undo();
    now.mockRestore();
    expect(days()).toEqual([null, null, '2023-01-01']);
    expect(edits.canUndo).toBe(true);
  });

  it('never gives two charts one name, also after a removal was undone', () => {
    const dashboard = pinned('a', 'b');
    dashboard.remove('c2');
    dashboard.pin({ analysis: 'rfm', chart: 'd', params: RFM_DEFAULTS });
    dashboard.undo();
    dashboard.undo();
    dashboard.pin({ analysis: 'rfm', chart: 'e', params: RFM_DEFAULTS });
    expect(dashboard.charts.map(({ id, chart }) => [id, chart])).toEqual([
      ['c1', 'a'],
      ['c2', 'b'],
      ['c3', 'e'],
    ]);
  });

  it('notes no change where nothing changed', () => {
    const edits = new UndoLine();
    const dashboard = new Dashboard(edits);
    dashboard.setTitle('');
    dashboard.remove('c9');
    dashboard.move('c9', 0);
    dashboard.change('c9', { note: 'x' });
    expect(edits.canUndo).toBe(false);
    dashboard.pin({ analysis: 'rfm', chart: 'grid', params: RFM_DEFAULTS });
    dashboard.change('c1', { note: '', width: 'half' });
    dashboard.undo();
    expect(edits.canUndo).toBe(false);
  });

  it('stands in one line of undo with the rest of the recipe, and starts over with another dashboard', async () => {
    const edits = new UndoLine();
    const dashboard = new Dashboard(edits);
    dashboard.setTitle('Monday');
    dashboard.setTitle('Tuesday');
    await edits.undo();
    expect(dashboard.title).toBe('Monday');
    await edits.redo();
    expect(dashboard.title).toBe('Tuesday');
    dashboard.adopt({ title: 'Of a recipe', charts: [] });
    expect([dashboard.title, edits.canUndo, dashboard.canUndo]).toEqual(['Of a recipe', false, false]);
  });
});
