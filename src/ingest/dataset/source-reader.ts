import type { FileMapping } from '../file-preview';
import type { ReadingOptions } from '../import-contract';
import type { KindMapping } from '../kinds/kind-mapping';
import type { FilePlace, KindStep } from '../kinds/kind-step';
import { readKindTable } from '../kinds/read-kind-table';
import type { ReadStep } from '../read-step';
import { readTable } from '../read-table';

/** A file that is being read, step by step; null after the last step. */
export interface OpenSource<Step> {
  next(): Promise<Step | null>;
  /** Ends the reading, wherever it is, and gives its memory back. */
  close(): void;
}

/** Reads the files of a dataset, in a worker or where it is called. */
export interface SourceReader {
  openOrders(file: Blob, name: string, mapping: FileMapping, options: ReadingOptions): Promise<OpenSource<ReadStep>>;
  openKind(
    file: Blob,
    name: string,
    mapping: KindMapping,
    place: FilePlace,
    options: ReadingOptions,
  ): Promise<OpenSource<KindStep>>;
}

/** Reads without a worker: for tests, the command line and small files. Blocks its thread while it parses. */
export const inProcessReader: SourceReader = {
  openOrders: async (file, name, mapping, options) => sourceOf(readTable(file, name, mapping, options)),
  openKind: async (file, name, mapping, place, options) => sourceOf(readKindTable(file, name, mapping, place, options)),
};

function sourceOf<Step>(steps: AsyncGenerator<Step, void>): OpenSource<Step> {
  return {
    next: async () => (await steps.next()).value ?? null,
    close: () => undefined,
  };
}
