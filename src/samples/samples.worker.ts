import type { Locale } from '../i18n/format';
import { exposeMethods } from '../workers/expose';
import type { SampleFile, SampleId } from './sample';
import { buildSampleBlobs } from './sample-blobs';

/** What the page may ask of the worker. */
export interface SamplesApi {
  build(id: SampleId, locale: Locale, customers: number, onProgress: (share: number) => void): readonly SampleFile[];
}

exposeMethods({ build: buildSampleBlobs } satisfies SamplesApi);
