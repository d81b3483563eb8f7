import { AppError } from '../../../src/core/errors';
import type { Db } from '../../../src/db/db';
import type { ColumnPreview, FileMapping, FilePreview, ImportReport } from '../../../src/ingest/file-preview';
import type { Recalled } from '../../../src/state/import-candidate';
import { WHOLE } from '../../../src/ingest/excerpt/excerpt';
import type { Previewer, ImportOptions, ImportResult } from '../../../src/ingest/import-contract';
import type { Extractor } from '../../../src/ingest/extract/extract-contract';
import type { KindMapping } from '../../../src/ingest/kinds/kind-mapping';
import { ImportSession } from '../../../src/state/import.svelte';
import type { MappingMemory } from '../../../src/library/mappings';

/** A column of a preview; only what matters to a test is told. */
export function column(index: number, name: string, told: Partial<ColumnPreview> = {}): ColumnPreview {
  return {
    index,
    name,
    type: 'text',
    parsedShare: 1,
    gaps: 0,
    distinct: 3,
    examples: [],
    role: 'ignore',
    confidence: 0.9,
    timeFormat: null,
    timeOrderUnclear: false,
    hasZone: false,
    numberFormat: null,
    personal: [],
    ...told,
  };
}

/** A preview of a file that has a customer, a time and an amount. */
export function transactions(told: Partial<FilePreview> = {}): FilePreview {
  return {
    name: 'orders.csv',
    bytes: 1000,
    compressed: false,
    dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
    encodingEvidence: 'strict',
    columns: [
      column(0, '会员号', { role: 'customerId' }),
      column(1, '下单时间', { role: 'orderedAt', type: 'time', timeFormat: 'ymd' }),
      column(2, '实付金额', { role: 'amount', type: 'number', numberFormat: 'point' }),
      column(3, '备注'),
    ],
    rows: [['A1', '2024-01-03', '10.00', '']],
    topLines: [],
    sampledRows: 1,
    estimatedRows: 20,
    wholeFileSampled: true,
    fingerprint: 'print',
    missing: [],
    ...told,
  };
}

export const report: ImportReport = {
  rowsRead: 20,
  rowsUsed: 19,
  blankLines: 0,
  titleLines: 0,
  leftOut: [{ reason: 'bad-time', rows: 1 }],
  leftOutNotKept: 0,
  rowsWithoutCustomer: 0,
  amountsRounded: 0,
  customers: 5,
  orders: 12,
  ordersSplitByCustomer: 0,
  cancelMarks: 0,
  firstOrderedAt: 0,
  lastOrderedAt: 86_400_000,
};

export const result: ImportResult = {
  layout: { moneyScale: 2, quantityScale: 0, hasOrderId: false, hasProduct: false, hasQuantity: false, labels: [] },
  report,
  fates: null,
};

interface Pending<T> {
  readonly name: string;
  readonly chosen: unknown;
  readonly signal: AbortSignal | undefined;
  readonly options: ImportOptions;
  readonly mapping: FileMapping | undefined;
  answer(value: T): Promise<void>;
  fail(error: AppError): Promise<void>;
}

/** The two contracts of an import with the moment of every answer in the test's hands. */
export class ScriptedImporter implements Previewer {
  readonly previews: Pending<FilePreview>[] = [];
  readonly runs: Pending<ImportResult>[] = [];

  preview(_file: Blob, name: string, chosen: object, signal?: AbortSignal): Promise<FilePreview> {
    return ask(this.previews, name, { signal }, chosen, undefined);
  }

  run(_db: Db, _file: Blob, name: string, mapping: FileMapping, options: ImportOptions = {}): Promise<ImportResult> {
    return ask(this.runs, name, options, undefined, mapping);
  }
}

function ask<T>(
  asked: Pending<T>[],
  name: string,
  options: ImportOptions,
  chosen: unknown,
  mapping: FileMapping | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    options.signal?.addEventListener('abort', () => reject(new AppError('cancelled')));
    asked.push({
      name,
      chosen,
      signal: options.signal,
      options,
      mapping,
      answer: (value) => settled(() => resolve(value)),
      fail: (error) => settled(() => reject(error)),
    });
  });
}

/** Lets everything that waits on the answer run before the test goes on. */
export async function settled(act: () => void): Promise<void> {
  act();
  await new Promise((next) => setTimeout(next, 0));
}

export class MemoryOfMappings implements MappingMemory<FileMapping> {
  readonly kept = new Map<string, FileMapping>();

  get(fingerprint: string): Promise<FileMapping | undefined> {
    return Promise.resolve(this.kept.get(fingerprint));
  }

  put(fingerprint: string, mapping: FileMapping): Promise<void> {
    this.kept.set(fingerprint, mapping);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.kept.clear();
    return Promise.resolve();
  }
}

const unusedDb = {} as Db;

/** Every file is delimited text and no archive. */
const plainFiles: Extractor = {
  unpack: (files) => Promise.resolve({ files: files.map((file) => ({ ...file, archive: null })), skipped: 0 }),
  inspect: () => Promise.resolve({ format: 'delimited', tables: [{ id: '', name: '', rows: null, columns: null }] }),
  extract: () => Promise.reject(new Error('delimited text is not extracted')),
};

const noKindMappings: MappingMemory<KindMapping> = {
  get: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
  clear: () => Promise.resolve(),
};

export interface SessionUnderTest {
  readonly session: ImportSession;
  readonly importer: ScriptedImporter;
  readonly mappings: MemoryOfMappings;
}

export function createSession(recall: (preview: FilePreview) => Recalled | null = () => null): SessionUnderTest {
  const importer = new ScriptedImporter();
  const mappings = new MemoryOfMappings();
  const session = new ImportSession({
    previewer: importer,
    extractor: plainFiles,
    mappings,
    kindMappings: noKindMappings,
    zoneOffsetMinutes: 480,
    recall,
    importDataset: async ([file], { signal, onProgress, excerpt = WHOLE }) => {
      if (file?.plan.kind !== 'orders') throw new Error('these tests import orders');
      const imported = await importer.run(unusedDb, file.blob, file.name, file.plan.mapping, {
        signal,
        onProgress: (progress) => onProgress?.({ ...progress, file: 0, files: 1 }),
      });
      const { layout, report } = imported;
      const files = [{ file: 0, kind: 'orders', report }] as const;
      return { layout, report, files, join: null, renamed: null, excerpt };
    },
  });
  return { session, importer, mappings };
}

/** Drops the files and goes on once the first of them is being looked into. */
export async function opening(session: ImportSession, files: readonly File[]): Promise<void> {
  await settled(() => void session.open(files));
}

/** A session that shows `preview` and waits for the person. */
export async function mappingSession(preview: FilePreview): Promise<SessionUnderTest> {
  const parts = createSession();
  await opening(parts.session, [new File(['x'], preview.name)]);
  await parts.importer.previews[0]?.answer(preview);
  return parts;
}
