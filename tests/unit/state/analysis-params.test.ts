import { expect, it, vi } from 'vitest';
import { UNSETTLED } from '../../../src/analyses/params-schemas';
import { RFM_DEFAULTS, type RfmParams } from '../../../src/analyses/rfm/rfm-params';
import { AnalysisParams } from '../../../src/state/analysis-params.svelte';
import { UndoLine } from '../../../src/state/undo-line.svelte';

const comparedWith = (day: string): RfmParams => ({ ...RFM_DEFAULTS, compareWith: day });

it('takes changes back one by one, those of a single drag together', async () => {
  const now = vi.spyOn(performance, 'now');
  const edits = new UndoLine();
  const params = new AnalysisParams(edits);
  const changeAt = (ms: number, day: string): void => {
    now.mockReturnValue(ms);
    params.change('rfm', comparedWith(day));
  };
  changeAt(0, '2024-01-01');
  changeAt(2000, '2024-01-02');
  changeAt(2300, '2024-01-03');
  changeAt(9000, '2024-01-04');
  now.mockRestore();
  const seen: (string | null | undefined)[] = [];
  while (edits.canUndo) {
    await edits.undo();
    seen.push(params.settings.rfm?.compareWith);
  }
  expect(seen).toEqual(['2024-01-03', '2024-01-01']);
  await edits.redo();
  expect(params.settings.rfm?.compareWith).toBe('2024-01-03');
});

it('forgets its past with the parameters of a recipe', async () => {
  const edits = new UndoLine();
  const params = new AnalysisParams(edits);
  params.change('rfm', comparedWith('2024-01-01'));
  params.adopt({ ...UNSETTLED, rfm: comparedWith('2024-02-01') });
  expect(edits.canUndo).toBe(false);
  params.undo();
  expect(params.settings.rfm?.compareWith).toBe('2024-02-01');
});

it('leaves a page first visited meanwhile as it is when the churn window is taken back', async () => {
  const edits = new UndoLine();
  const params = new AnalysisParams(edits);
  params.change('churnWindowDays', 60);
  params.change('rfm', comparedWith('2024-01-01'));
  await edits.undo();
  expect(params.settings.churnWindowDays).toBeNull();
  expect(params.settings.rfm?.compareWith).toBe('2024-01-01');
  await edits.redo();
  expect(params.settings.churnWindowDays).toBe(60);
});
