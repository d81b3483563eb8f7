import type { CleaningColumn } from './columns';
import { planColumnsStep } from './plan-columns';
import { planFill } from './plan-fill';
import { planOutliers } from './plan-outliers';
import { planRowsStep } from './plan-rows';
import { PlanScope, StepMistaken, type StepMistake, type StepPlan } from './plan-scope';
import { planTextStep } from './plan-texts';
import { planValuesStep } from './plan-values';
import type { ActionOf, CleaningStep, StepAction, StepKind } from './step';

export type PlannedStep =
  | { readonly state: 'ready'; readonly step: CleaningStep; readonly plan: StepPlan }
  | { readonly state: 'off'; readonly step: CleaningStep }
  | { readonly state: 'mistaken'; readonly step: CleaningStep; readonly mistake: StepMistake };

type Planner<K extends StepKind> = (action: ActionOf<K>, scope: PlanScope) => StepPlan;

const PLANNERS: { readonly [K in StepKind]: Planner<K> } = {
  trim: planTextStep,
  'collapse-blanks': planTextStep,
  case: planTextStep,
  replace: planTextStep,
  'half-width': planValuesStep,
  'map-values': planValuesStep,
  'merge-spellings': planValuesStep,
  scale: planValuesStep,
  'read-number': planValuesStep,
  'read-time': planValuesStep,
  'fill-gaps': planFill,
  outliers: planOutliers,
  split: planColumnsStep,
  join: planColumnsStep,
  compute: planColumnsStep,
  'drop-columns': planColumnsStep,
  'keep-rows': planRowsStep,
  'distinct-rows': planRowsStep,
  'distinct-by': planRowsStep,
};

/** What one step would do to a table of these columns, or why it cannot. Touches no data. */
export function planStep(step: CleaningStep, columns: readonly CleaningColumn[], keysUsed: number): PlannedStep {
  if (!step.on) return { state: 'off', step };
  try {
    const plan = PLANNERS[step.action.do] as (action: StepAction, scope: PlanScope) => StepPlan;
    return { state: 'ready', step, plan: plan(step.action, new PlanScope(columns, keysUsed)) };
  } catch (error) {
    if (error instanceof StepMistaken) return { state: 'mistaken', step, mistake: error.mistake };
    throw error;
  }
}

/** The plans of a list of steps, one after the other, and the columns that come out. Touches no data. */
export function planCleaning(
  columns: readonly CleaningColumn[],
  steps: readonly CleaningStep[],
): { readonly steps: readonly PlannedStep[]; readonly columns: readonly CleaningColumn[] } {
  let now: Pick<StepPlan, 'columns' | 'keysUsed'> = { columns, keysUsed: columns.length };
  const planned = steps.map((step) => {
    const next = planStep(step, now.columns, now.keysUsed);
    if (next.state === 'ready') now = next.plan;
    return next;
  });
  return { steps: planned, columns: now.columns };
}
