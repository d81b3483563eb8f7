import { retailFiles } from './retail/files';
import type { SampleStream, SampleId, SampleOptions } from './sample';

const COMPANIES: Readonly<Record<SampleId, typeof retailFiles>> = { retail: retailFiles };

/**
 * The files of a sample company, each to be written as often as wanted, the orders first.
 *
 * @param onShare hears how much of the planning is done, 0..1
 * @throws AppError `invalid-parameter` for a size or an as-of day that the company cannot have
 */
export function sampleFiles(
  id: SampleId,
  options: SampleOptions,
  onShare?: (share: number) => void,
): readonly SampleStream[] {
  return COMPANIES[id](options, onShare);
}
