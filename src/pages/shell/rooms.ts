import { ANALYSES } from '../../analyses/registry';
import type { Route } from '../../state/router.svelte';

/** The stages of the work, in their order, each with the rooms that are built. */
export const STAGES = [
  {
    stage: 'stageData',
    rooms: ['library', 'open', 'accounting', 'quality', 'cleaning', 'identity', 'policy', 'privacy', 'recipe'],
  },
  { stage: 'stageDescribe', rooms: [...ANALYSES, 'dashboard'] },
  { stage: 'stageAct', rooms: ['audiences'] },
  { stage: 'stageMore', rooms: ['learn'] },
] as const satisfies readonly { stage: string; rooms: readonly Route[] }[];
