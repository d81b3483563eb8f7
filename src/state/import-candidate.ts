import type { AppError } from '../core/errors';
import type { Dialect, FileMapping, FilePreview } from '../ingest/file-preview';
import type { Importer } from '../ingest/import-contract';
import type { MappingMemory } from '../library/mappings';
import { draftFromGuess, draftFromMemory, type MappingDraft } from './mapping-draft';

/** The name under which pasted text goes. */
export const PASTED_NAME = 'pasted';

/** A candidate that can be mapped: what was seen of it and what was settled. */
export interface Shown {
  readonly preview: FilePreview;
  readonly draft: MappingDraft;
}

/** One of the files that were dropped together, with all that was decided about it so far. */
export interface Candidate {
  readonly file: Blob;
  readonly name: string;
  readonly chosenDialect: Partial<Dialect>;
  readonly preview: FilePreview | null;
  readonly draft: MappingDraft | null;
  /** Why the file could not be shown as asked; the former preview, if any, stays. */
  readonly error: AppError | null;
}

export function createCandidate(file: Blob, name: string): Candidate {
  return { file, name, chosenDialect: {}, preview: null, draft: null, error: null };
}

/** What the first look at a file needs. */
export interface FirstLook {
  readonly importer: Importer;
  /** Where mappings are remembered from one import to the next, by the preview's fingerprint. */
  readonly mappings: MappingMemory<FileMapping>;
  readonly zoneOffsetMinutes: number;
}

/**
 * The first look at a file: as it was mapped before when its kind is remembered, otherwise as
 * guessed. Throws the importer's AppErrors.
 */
export async function lookFirst(
  { importer, mappings, zoneOffsetMinutes }: FirstLook,
  { file, name }: Candidate,
  chosenDialect: Partial<Dialect>,
  signal: AbortSignal,
): Promise<{ readonly preview: FilePreview; readonly draft: MappingDraft }> {
  const preview = await importer.preview(file, name, chosenDialect, signal);
  const remembered = await mappings.get(preview.fingerprint);
  if (remembered === undefined) return { preview, draft: draftFromGuess(preview, zoneOffsetMinutes) };
  const { encoding } = remembered.dialect;
  // A guessed encoding gives way to the one a person settled on for this kind of file.
  const again = preview.encodingEvidence === 'guess' && encoding !== preview.dialect.encoding;
  const shown = again ? await importer.preview(file, name, { ...chosenDialect, encoding }, signal) : preview;
  return { preview: shown, draft: draftFromMemory(shown, remembered) ?? draftFromGuess(shown, zoneOffsetMinutes) };
}
