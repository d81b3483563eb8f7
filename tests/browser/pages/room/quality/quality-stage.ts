import { render } from 'vitest-browser-svelte';
import { createBrowserDb } from '../../../../../src/db/duckdb-browser';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import { previewFile } from '../../../../../src/ingest/preview';
import { createStager } from '../../../../../src/ingest/staging/stager';
import stagingWorkerUrl from '../../../../../src/ingest/staging/staging.worker?worker&url';
import QualityPage from '../../../../../src/pages/room/quality/QualityPage.svelte';
import type { QualityFile } from '../../../../../src/state/quality-files';
import { QualitySession } from '../../../../../src/state/quality.svelte';
import { RevealLog } from '../../../../../src/state/reveals.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from '../../../../../src/workers/spawn';
import Stage from '../../import/Stage.svelte';

export const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const stager = createStager(() => spawnModuleWorker(stagingWorkerUrl));

/** A file of the room as the app hands it over: previewed, staged by a worker when it is looked at. */
export function qualityFile(number: number, name: string, file: Blob): QualityFile {
  return {
    number,
    name,
    async prepare(options) {
      const { dialect, columns } = await previewFile(file, name);
      const source = { file, name, dialect, columnCount: columns.length };
      const { table, ragged } = await stager.stage(db, source, number, options);
      return { table, ragged, columns, zoneOffsetMinutes: 480 };
    },
  };
}

export interface Saved {
  readonly blob: Blob;
  readonly name: string;
}

export async function stageQuality(files: readonly QualityFile[], i18n = new I18n('en'), asOf = '2026-01-01') {
  const session = new QualitySession(db, asOf);
  const reveals = new RevealLog();
  const saved: Saved[] = [];
  session.open(files);
  const props = {
    session,
    reveals,
    now: () => 1_767_225_600_000,
    onsave: (blob: Blob, name: string) => saved.push({ blob, name }),
  };
  const screen = await render(Stage, { props: { i18n, page: QualityPage, props } });
  await session.begin();
  return { session, reveals, saved, screen };
}
