import { exposeMethods, transfer } from '../../workers/expose';
import { readCells } from './read-cells';
import type { StagingApi, StagingStep } from './staging-contract';

let steps: AsyncGenerator<StagingStep, void> | undefined;

const open: StagingApi['open'] = (source, capBytes, onProgress) => {
  steps = readCells(source, { capBytes, onProgress });
};

const next: StagingApi['next'] = async () => {
  const step = (await steps?.next())?.value ?? null;
  return step?.kind === 'batch' ? transfer(step, [step.ipc.buffer]) : step;
};

exposeMethods({ open, next });
