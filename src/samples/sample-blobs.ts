import type { Locale } from '../i18n/format';
import { SAMPLES, type SampleFile, type SampleStream, type SampleId, type SampleKind } from './sample';
import { sampleFiles } from './sample-files';

/** About how long each part takes, measured; the planning comes before the files. */
const PLANNING_WEIGHT = 25;
const WEIGHTS: Readonly<Record<SampleKind, number>> = {
  orders: 40,
  members: 10,
  events: 20,
  feedback: 3,
  external: 0.1,
  campaigns: 0.1,
  holidays: 0.1,
  truth: 8,
};

/** Parts are folded into a Blob at this size, so that the browser may move them out of memory. */
const FOLD_BYTES = 16 * 2 ** 20;

/**
 * Every file of a sample company as a Blob, the orders first. Long for large companies, so it runs in
 * a worker. Throws `invalid-parameter`.
 *
 * @param onProgress hears the share done, rising from 0 to 1
 */
export function buildSampleBlobs(
  id: SampleId,
  locale: Locale,
  customers: number,
  onProgress: (share: number) => void,
): readonly SampleFile[] {
  const { seed, asOf } = SAMPLES[id];
  const total = PLANNING_WEIGHT + Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, WEIGHTS.truth);
  let done = 0;
  const report = (weight: number, share: number): void => onProgress(Math.min(1, (done + weight * share) / total));
  const files = sampleFiles(id, { seed, customers, asOf, locale }, (share) => report(PLANNING_WEIGHT, share));
  done += PLANNING_WEIGHT;
  const blobs = files.map((file) => {
    const weight = WEIGHTS[file.kind];
    const blob = toBlob(file, (share) => report(weight, share));
    done += weight;
    return { name: file.name, kind: file.kind, blob };
  });
  onProgress(1);
  return blobs;
}

function toBlob(file: SampleStream, onShare: (share: number) => void): Blob {
  const type = file.name.endsWith('.json') ? 'application/json' : 'text/csv';
  const folded: Blob[] = [];
  let open: Uint8Array<ArrayBuffer>[] = [];
  let openBytes = 0;
  for (const chunk of file.chunks(onShare)) {
    open.push(chunk);
    openBytes += chunk.length;
    if (openBytes < FOLD_BYTES) continue;
    folded.push(new Blob(open));
    open = [];
    openBytes = 0;
  }
  return new Blob([...folded, ...open], { type });
}
