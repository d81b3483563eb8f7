import { exposeMethods, transfer } from '../workers/expose';
import type { IngestApi } from './ingest-api';
import type { KindStep } from './kinds/kind-step';
import { readKindTable } from './kinds/read-kind-table';
import { previewFile } from './preview';
import type { ReadStep } from './read-step';
import { readTable } from './read-table';

let steps: AsyncGenerator<ReadStep, void> | undefined;
let kindSteps: AsyncGenerator<KindStep, void> | undefined;

const preview: IngestApi['preview'] = (file, name, chosen) => previewFile(file, name, chosen);

const open: IngestApi['open'] = (file, name, mapping, cut, onProgress) => {
  steps = readTable(file, name, mapping, { cut, onProgress });
};

const next: IngestApi['next'] = async () => {
  const step = (await steps?.next())?.value ?? null;
  return step?.kind === 'batch' ? transfer(step, [step.batch.ipc.buffer]) : step;
};

const openKind: IngestApi['openKind'] = (file, name, mapping, place, cut, onProgress) => {
  kindSteps = readKindTable(file, name, mapping, place, { cut, onProgress });
};

const nextOfKind: IngestApi['nextOfKind'] = async () => {
  const step = (await kindSteps?.next())?.value ?? null;
  return step?.kind === 'batch' ? transfer(step, [step.batch.ipc.buffer]) : step;
};

exposeMethods({ preview, open, next, openKind, nextOfKind });
