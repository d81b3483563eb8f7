import type { CleaningStep } from '../ingest/cleaning/step';
import type { Policy } from '../ingest/import-contract';
import type { AudienceStore } from './audiences.svelte';
import type { DataRoom } from './data-room.svelte';
import type { RoomFile } from './dataset-plan';
import type { ImportedDataset, ImportSession } from './import.svelte';
import type { PolicySession } from './policy.svelte';
import type { Workspace } from './workspace.svelte';

/** What was settled before for files like these. */
export interface Settled {
  readonly policy: Policy | null;
  /** By the number of the file. */
  readonly steps: ReadonlyMap<number, readonly CleaningStep[]>;
  readonly keepsAudiences: boolean;
}

export const NOTHING_SETTLED: Settled = { policy: null, steps: new Map(), keepsAudiences: false };

export interface MakerParts {
  readonly imports: ImportSession;
  readonly room: DataRoom;
  readonly policy: PolicySession;
  readonly audiences: AudienceStore;
  readonly workspace: Workspace;
}

/** From files to a dataset that every page reads: import, cleaning, customers, policy, in this order. */
export class DatasetMaker {
  readonly #parts: MakerParts;
  #isSample = false;

  constructor(parts: MakerParts) {
    this.#parts = parts;
  }

  /** Makes the dataset of the files on the shelf; false when it did not come about, and the session says why. */
  async make(isSample: boolean, settledFor: (files: readonly RoomFile[]) => Settled): Promise<boolean> {
    const { imports, room, policy, audiences, workspace } = this.#parts;
    const files = await imports.import();
    if (files === null) return false;
    const settled = settledFor(files);
    await room.adopt(files, settled.steps);
    if (settled.steps.size > 0 && (await this.#importCleaned()) === null) return false;
    room.settle();
    const { imported } = imports;
    if (imported === null) return false;
    await policy.begin(imported.result.layout, settled.policy);
    if (settled.keepsAudiences) await audiences.restore();
    else audiences.clear();
    this.#isSample = isSample;
    workspace.adopt(this.#datasetOf(imported));
    return true;
  }

  /** The same dataset again after its cleaning has changed: policy, audiences and scope stay. */
  async remake(): Promise<boolean> {
    const { room, policy, audiences, workspace } = this.#parts;
    const imported = await this.#importCleaned();
    if (imported === null) return false;
    room.settle();
    await policy.begin(imported.result.layout, policy.policy);
    await audiences.restore();
    workspace.replace(this.#datasetOf(imported));
    return true;
  }

  /** After the engine's death: the files again, the same policy, the same audiences. False when there are none. */
  async rebuild(): Promise<boolean> {
    const { imports, policy, audiences, workspace } = this.#parts;
    if ((await imports.rebuild()) === null) return false;
    await policy.reapply();
    await audiences.restore();
    workspace.touch();
    return true;
  }

  async #importCleaned(): Promise<ImportedDataset | null> {
    const { imports, room } = this.#parts;
    return imports.importFiles((signal) => room.cleanedFiles(signal));
  }

  #datasetOf({ name, result }: ImportedDataset) {
    const { layout, report, files } = result;
    return { name, layout, report, files, isSample: this.#isSample };
  }
}
