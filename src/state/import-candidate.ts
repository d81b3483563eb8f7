import type { AppError } from '../core/errors';
import type { Dialect, FileMapping, FilePreview, MissingNeed } from '../ingest/file-preview';
import type { Previewer } from '../ingest/import-contract';
import type { FilePlan } from '../ingest/dataset/dataset-files';
import type { KindMapping } from '../ingest/kinds/kind-mapping';
import { isRoleKind, type FileKind, type KindNeed } from '../ingest/kinds/kinds';
import { recogniseKind, type RecognisedKind } from '../ingest/kinds/recognise-kind';
import { missingNeeds } from '../ingest/mapping';
import type { Excerpt } from '../ingest/excerpt/excerpt';
import type { MappingMemory } from '../library/mappings';
import { kindColumnsOf, kindDraftFromGuess, missingOf, type KindDraft } from './kind-draft';
import { draftFromGuess, draftFromMemory, openOrderQuestion, type MappingDraft } from './mapping-draft';
import type { TableOrigin, TextTable } from './text-tables';

/** The name under which pasted text goes. */
export const PASTED_NAME = 'pasted';

/** A candidate that can be mapped: what was seen of it and what was settled. */
export interface Shown {
  readonly preview: FilePreview;
  readonly draft: MappingDraft;
}

/** One of the tables that were dropped together, with all that was decided about it so far. */
export interface Candidate {
  /** Tells it from the others for as long as it lies there. */
  readonly id: number;
  /** As delimited text. */
  readonly file: Blob;
  readonly name: string;
  /** Where the text was taken from; null for a file that is delimited text itself. */
  readonly origin: TableOrigin | null;
  readonly chosenDialect: Partial<Dialect>;
  readonly preview: FilePreview | null;
  /** What the columns mean if these are orders. */
  readonly draft: MappingDraft | null;
  readonly recognised: RecognisedKind | null;
  /** What the file holds: recognised, or said by a person. */
  readonly kind: FileKind;
  readonly isKindChosen: boolean;
  /** What the columns mean for a kind other than orders; null for orders and for what is not used. */
  readonly kindDraft: KindDraft | null;
  /** What the recipe at hand takes of files like it; null where it says nothing. */
  readonly recalledExcerpt: Excerpt | null;
  /** Why the file could not be shown as asked; the former preview, if any, stays. */
  readonly error: AppError | null;
}

export function createCandidate({ file, name, origin, error }: TextTable, id: number): Candidate {
  return {
    id,
    file,
    name,
    origin,
    chosenDialect: {},
    preview: null,
    draft: null,
    recognised: null,
    kind: 'orders',
    isKindChosen: false,
    kindDraft: null,
    recalledExcerpt: null,
    error,
  };
}

/** What a recipe says of a file. */
export interface Recalled {
  readonly plan: FilePlan;
  /** What it takes of the whole dataset. */
  readonly excerpt: Excerpt;
}

/** What the first look at a file needs. */
export interface FirstLook {
  readonly previewer: Previewer;
  /** Where mappings are remembered from one import to the next, by the preview's fingerprint. */
  readonly mappings: MappingMemory<FileMapping>;
  /** The same for files that hold no orders. */
  readonly kindMappings: MappingMemory<KindMapping>;
  readonly zoneOffsetMinutes: number;
  /** What the recipe at hand says of a file that was not mapped before; null where it says nothing. */
  readonly recall: (preview: FilePreview) => Recalled | null;
}

type Look = Pick<Candidate, 'preview' | 'draft' | 'recognised' | 'kind' | 'kindDraft'> &
  Partial<Pick<Candidate, 'recalledExcerpt'>>;

/**
 * The first look at a file: as it was mapped before when its kind is remembered, otherwise as
 * guessed. Throws the previewer's AppErrors.
 */
export async function lookFirst(
  { previewer, mappings, kindMappings, zoneOffsetMinutes, recall }: FirstLook,
  { file, name }: Pick<Candidate, 'file' | 'name'>,
  chosenDialect: Partial<Dialect>,
  signal: AbortSignal,
): Promise<Look> {
  const preview = await previewer.preview(file, name, chosenDialect, signal);
  const remembered = await mappings.get(preview.fingerprint);
  const recalled = recall(preview);
  if (recalled !== null) {
    const { plan, excerpt } = recalled;
    return {
      preview,
      ...recognised(preview),
      ...ofPlan(plan, preview, zoneOffsetMinutes),
      recalledExcerpt: excerpt,
    };
  }
  if (remembered === undefined) {
    const draft = draftFromGuess(preview, zoneOffsetMinutes);
    const kindMapping = await kindMappings.get(preview.fingerprint);
    const isAlike = kindMapping?.columns.length === preview.columns.length;
    if (!isAlike || kindMapping.kind === 'order-heads') return { preview, draft, ...recognised(preview) };
    const { kind, columns, feedbackType = null } = kindMapping;
    return { preview, draft, ...recognised(preview), kind, kindDraft: { kind, columns, feedbackType } };
  }
  const { encoding } = remembered.dialect;
  // A guessed encoding gives way to the one a person settled on for this kind of file.
  const again = preview.encodingEvidence === 'guess' && encoding !== preview.dialect.encoding;
  const shown = again ? await previewer.preview(file, name, { ...chosenDialect, encoding }, signal) : preview;
  const draft = draftFromMemory(shown, remembered) ?? draftFromGuess(shown, zoneOffsetMinutes);
  return { preview: shown, draft, ...recognised(shown), kind: 'orders', kindDraft: null };
}

function ofPlan(
  { kind, mapping }: FilePlan,
  preview: FilePreview,
  zoneOffsetMinutes: number,
): Pick<Candidate, 'draft' | 'kind' | 'kindDraft'> {
  const guess = draftFromGuess(preview, zoneOffsetMinutes);
  if (kind === 'orders') return { kind, draft: draftFromMemory(preview, mapping) ?? guess, kindDraft: null };
  const { columns, feedbackType = null } = mapping;
  return { kind, draft: guess, kindDraft: { kind, columns, feedbackType } };
}

/** What the file is taken for, with the roles its columns then have. */
export function recognised(preview: FilePreview): Pick<Candidate, 'recognised' | 'kind' | 'kindDraft'> {
  const guess = recogniseKind(
    kindColumnsOf(preview),
    preview.columns.map((column) => column.role),
  );
  return { recognised: guess, ...asKind(preview, guess.kind) };
}

export function asKind(preview: FilePreview, kind: FileKind): Pick<Candidate, 'kind' | 'kindDraft'> {
  return { kind, kindDraft: isRoleKind(kind) ? kindDraftFromGuess(preview, kind) : null };
}

/** The candidate as a file of that kind, which may not be the one it was taken for. */
export function taken(candidate: Candidate, kind: FileKind): Candidate {
  return kind === 'orders' ? { ...candidate, kind, kindDraft: null } : { ...candidate, kind };
}

/** What a file still needs before it can be imported as what it is; an open question is a time that is missing. */
export function needsOf({ kind, preview, draft, kindDraft }: Candidate): readonly (MissingNeed | KindNeed)[] {
  if (kind === 'unused' || preview === null || draft === null) return [];
  if (kindDraft !== null) return missingOf(kindDraft);
  const missing = missingNeeds(draft.columns);
  return openOrderQuestion(draft, preview) === null ? missing : [...missing, 'time'];
}
