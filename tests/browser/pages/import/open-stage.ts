import type { ComponentProps } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { createBrowserDb } from '../../../../src/db/duckdb-browser';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { Locale } from '../../../../src/i18n/format';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { createWorkerReader } from '../../../../src/ingest/dataset/worker-reader';
import { createExtractor } from '../../../../src/ingest/extract/extractor';
import extractWorkerUrl from '../../../../src/ingest/extract/extract.worker?worker&url';
import { kindMappingSchema } from '../../../../src/ingest/kinds/kind-mapping';
import { createMappingMemory } from '../../../../src/library/mappings';
import { createPreviewer } from '../../../../src/ingest/previewer';
import ingestWorkerUrl from '../../../../src/ingest/ingest.worker?worker&url';
import OpenPage from '../../../../src/pages/import/OpenPage.svelte';
import type { Excerpt } from '../../../../src/ingest/excerpt/excerpt';
import { ImportSession, type OrdersImported } from '../../../../src/state/import.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../../src/workers/spawn';
import { MemoryOfMappings } from '../../../unit/state/scripted-import';
import Stage from './Stage.svelte';

export const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });

export type StageScreen = Awaited<ReturnType<typeof render<typeof Stage>>>;

export interface OpenStage {
  readonly session: ImportSession;
  readonly i18n: I18n;
  readonly screen: StageScreen;
}

/** Any page, in a language. */
export async function stage(
  page: ComponentProps<typeof Stage>['page'],
  props: Record<string, unknown>,
  i18n: I18n,
): Promise<StageScreen> {
  document.documentElement.lang = i18n.locale;
  return render(Stage, { props: { i18n, page, props } });
}

/** The page over the real previewer and engine, with the files dropped on it. */
export async function openPage(
  files: readonly File[],
  locale: Locale = 'en',
  mappings = new MemoryOfMappings(),
): Promise<OpenStage> {
  const session = newSession(mappings);
  const i18n = new I18n(locale);
  const props = {
    session,
    onimport: () => void session.import(),
    onpick: (picked: readonly File[]) => void session.open(picked),
    onpaste: (text: string) => void session.paste(text),
  };
  const screen = await stage(OpenPage, props, i18n);
  await session.open(files);
  return { session, i18n, screen };
}

/** Takes a file through the real import, as it is guessed. */
export async function importFile(file: File, excerpt: Partial<Excerpt> = {}): Promise<OrdersImported> {
  const session = newSession(new MemoryOfMappings());
  await session.open([file]);
  session.setExcerpt(excerpt);
  await session.import();
  const { imported } = session;
  if (imported === null) throw session.error ?? new Error(`not importable: ${session.missing.join()}`);
  return imported.result;
}

export function csv(name: string, ...lines: readonly string[]): File {
  return new File([lines.join('\n')], name);
}

function newSession(mappings: MemoryOfMappings): ImportSession {
  const reader = createWorkerReader(() => spawnModuleWorker(ingestWorkerUrl));
  return new ImportSession({
    previewer: createPreviewer(() => spawnModuleWorker(ingestWorkerUrl)),
    extractor: createExtractor(() => spawnModuleWorker(extractWorkerUrl)),
    mappings,
    kindMappings: createMappingMemory(kindMappingSchema),
    zoneOffsetMinutes: 480,
    recall: () => null,
    importDataset: (files, options) => importDataset(db, reader, files, options),
  });
}
