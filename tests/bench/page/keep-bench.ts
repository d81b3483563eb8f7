/** What the library on the device costs: a dataset kept and opened again through the real IndexedDB. */
import type { Db } from '../../../src/db/db';
import type { TableLayout } from '../../../src/db/schema';
import { packDataset, planPacking, unpackDataset } from '../../../src/ingest/dataset/pack-dataset';
import { createLibrary } from '../../../src/library/store/browser-library';
import { watchStalls } from './page-stalls';

export interface KeepFigures {
  readonly saveMs: number;
  /** From the library to tables in the engine, every chunk checked. */
  readonly reopenMs: number;
  readonly storedBytes: number;
  /** Of the page's own thread meanwhile. */
  readonly longestGapMs: number;
}

const ID = 'bench';

/** With a passphrase, everything is sealed with AES-256-GCM on the way. */
export async function keepAndReopen(db: Db, layout: TableLayout, passphrase: string | null): Promise<KeepFigures> {
  const library = createLibrary({ now: () => Date.now(), name: 'silhouette-bench' });
  await library.open();
  if (passphrase !== null) await library.setPassphrase(passphrase);
  const stalls = watchStalls();
  const start = performance.now();
  const plan = await planPacking(db);
  const kept = await library.save({
    id: ID,
    name: 'bench',
    facts: { rows: 0, orders: 0, customers: 0, isSample: false },
    document: {},
    parts: packDataset(db, plan),
    estimatedBytes: plan.estimatedBytes,
  });
  const saved = performance.now();
  const { parts } = await library.read(ID);
  await unpackDataset(db, parts, layout);
  const reopened = performance.now();
  const { longestGapMs } = await stalls.stop();
  await library.remove(ID);
  if (passphrase !== null) await library.removePassphrase(passphrase);
  await library.close();
  return { saveMs: saved - start, reopenMs: reopened - saved, storedBytes: kept.bytes, longestGapMs };
}
