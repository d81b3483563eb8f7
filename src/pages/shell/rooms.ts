import type { Route } from '../../state/router.svelte';

/** The stages of the work, in their order, each with the rooms that are built. */
export const STAGES = [
  {
    stage: 'stageData',
    rooms: ['library', 'open', 'accounting', 'quality', 'cleaning', 'identity', 'policy', 'privacy', 'recipe'],
  },
  {
    stage: 'stageDescribe',
    rooms: [
      'overview',
      'change',
      'rfm',
      'crossfilter',
      'concentration',
      'crossshop',
      'dashboard',
      'cohort',
      'lifecycle',
      'rhythm',
    ],
  },
  { stage: 'stageAct', rooms: ['audiences'] },
  { stage: 'stageMore', rooms: ['learn'] },
] as const satisfies readonly { stage: string; rooms: readonly Route[] }[];
