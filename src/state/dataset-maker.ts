import type { CleaningStep } from '../ingest/cleaning/step';
import type { DatasetFile } from '../ingest/dataset/dataset-files';
import { DEFAULT_CHOICES, type IdentityChoices } from '../ingest/identity/identity-choices';
import type { Policy } from '../ingest/import-contract';
import type { AudienceStore } from './audiences.svelte';
import type { DataRoom } from './data-room.svelte';
import type { RoomFile } from './dataset-plan';
import type { IdentitySession } from './identity.svelte';
import type { ImportedDataset, ImportSession } from './import.svelte';
import type { PolicySession } from './policy.svelte';
import type { Workspace } from './workspace.svelte';

/** What was settled before for files like these. */
export interface Settled {
  readonly policy: Policy | null;
  readonly identity: IdentityChoices | null;
  /** By the number of the file. */
  readonly steps: ReadonlyMap<number, readonly CleaningStep[]>;
  readonly keepsAudiences: boolean;
}

export const NOTHING_SETTLED: Settled = { policy: null, identity: null, steps: new Map(), keepsAudiences: false };

export interface MakerParts {
  readonly imports: ImportSession;
  readonly room: DataRoom;
  readonly identity: IdentitySession;
  readonly policy: PolicySession;
  readonly audiences: AudienceStore;
  readonly workspace: Workspace;
}

/** From files to a dataset that every page reads: import, cleaning, customers, policy, in this order. */
export class DatasetMaker {
  readonly #parts: MakerParts;
  readonly #listeners = new Set<() => void>();
  #isSample = false;
  /** While a dataset is being made, the policy waits for its customers by itself. */
  #isMaking = false;

  constructor(parts: MakerParts) {
    this.#parts = parts;
    parts.identity.onResolved(async () => {
      if (this.#isMaking) return;
      await this.#takeCustomers();
      this.#listeners.forEach((listener) => listener());
    });
  }

  /** Called after the tables of the dataset in force were made anew by cleaning or by other customers. */
  onRemade(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Makes the dataset of the files on the shelf; false when it did not come about, and the session says why. */
  async make(isSample: boolean, settledFor: (files: readonly RoomFile[]) => Settled): Promise<boolean> {
    const { imports, room, audiences, workspace } = this.#parts;
    const files = await imports.import();
    if (files === null) return false;
    const settled = settledFor(files);
    await room.adopt(files, settled.steps);
    if (settled.steps.size > 0 && (await this.#importCleaned()) === null) return false;
    const { imported } = imports;
    if (imported === null) return false;
    await this.#finish(imported, settled.identity ?? DEFAULT_CHOICES, settled.policy);
    if (settled.keepsAudiences) await audiences.restore();
    else audiences.clear();
    this.#isSample = isSample;
    workspace.adopt(this.#datasetOf(imported));
    return true;
  }

  /** The same dataset again after its cleaning has changed: policy, audiences and scope stay. */
  async remake(): Promise<boolean> {
    const { identity, policy, audiences, workspace } = this.#parts;
    const imported = await this.#importCleaned();
    if (imported === null) return false;
    await this.#finish(imported, identity.choices, policy.policy);
    await audiences.restore();
    workspace.replace(this.#datasetOf(imported));
    this.#listeners.forEach((listener) => listener());
    return true;
  }

  /**
   * After the engine's death: the tables as they were kept, or the files again; the same policy, the same
   * audiences. False when there is neither.
   */
  async rebuild(restoreTables: () => Promise<boolean>): Promise<boolean> {
    const { imports, identity } = this.#parts;
    if (!(await restoreTables()) && (await imports.rebuild()) === null) return false;
    if (identity.resolved !== null) await this.#making(() => identity.reapply());
    await this.#takeCustomers();
    return true;
  }

  /** Who is one customer, and then what they bought: in this order after every import. */
  async #finish({ files, result }: ImportedDataset, choices: IdentityChoices, policy: Policy | null): Promise<void> {
    const { identity, room } = this.#parts;
    room.settle();
    if (namesPeopleTwice(files)) await this.#making(() => identity.begin(choices));
    else identity.forget(choices);
    await this.#parts.policy.begin(result.layout, policy);
  }

  /** Purchases and audiences by the customers as they now are. */
  async #takeCustomers(): Promise<void> {
    const { policy, audiences, workspace } = this.#parts;
    await policy.reapply();
    await audiences.restore();
    workspace.touch();
  }

  async #making(work: () => Promise<void>): Promise<void> {
    this.#isMaking = true;
    try {
      await work();
    } finally {
      this.#isMaking = false;
    }
  }

  async #importCleaned(): Promise<ImportedDataset | null> {
    const { imports, room } = this.#parts;
    return imports.importFiles((signal) => room.cleanedFiles(signal));
  }

  #datasetOf({ name, result }: ImportedDataset) {
    const { layout, report, files, join, renamed, excerpt } = result;
    return { name, layout, report, files, join, renamed, excerpt, isSample: this.#isSample };
  }
}

/** False for a single file that names its customers in one column: there is nothing to put together. */
function namesPeopleTwice(files: readonly DatasetFile[]): boolean {
  return files.length > 1 || files.some(({ plan }) => plan.kind === 'orders' && plan.people.length > 0);
}
