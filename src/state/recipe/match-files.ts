import type { FilePlan } from '../../ingest/dataset/dataset-files';
import type { FilePreview } from '../../ingest/file-preview';
import { planOfCleaned } from '../cleaned-plan';
import type { FileRecipe } from './recipe';

/** Files that share fewer of their columns are of another sort. */
const LEAST_SHARED = 0.6;

/** What a file has of one before it. */
export interface FileDifference {
  readonly name: string;
  /** Columns that the recipe knows and the file lacks. */
  readonly missing: readonly string[];
  /** Columns that the recipe does not know. */
  readonly added: readonly string[];
}

interface Described {
  readonly fingerprint: string;
  readonly headers: readonly string[];
}

/** The part of a recipe that a file is of: with the same columns, else with the most of them; null for none. */
export function matchFile(files: readonly FileRecipe[], { fingerprint, headers }: Described): FileRecipe | null {
  const same = files.find((file) => file.fingerprint === fingerprint);
  if (same !== undefined) return same;
  const shares = files.map((file) => ({ file, share: sharedColumns(file.columns, headers) }));
  const best = shares.reduce<(typeof shares)[number] | null>(
    (most, next) => (next.share > (most?.share ?? 0) ? next : most),
    null,
  );
  return best !== null && best.share >= LEAST_SHARED ? best.file : null;
}

/** The plan that the recipe has for a previewed file, its columns found by their names; null where it has none. */
export function recallPlan(files: readonly FileRecipe[], preview: FilePreview): FilePlan | null {
  const headers = preview.columns.map(({ name }) => name);
  const match = matchFile(files, { fingerprint: preview.fingerprint, headers });
  return match === null ? null : planOfCleaned(match.plan, match.columns, preview);
}

export function differenceOf(recipe: FileRecipe, name: string, headers: readonly string[]): FileDifference {
  return {
    name,
    missing: recipe.columns.filter((column) => !headers.includes(column)),
    added: headers.filter((column) => !recipe.columns.includes(column)),
  };
}

/** Columns in both, of those in either, 0..1. */
function sharedColumns(a: readonly string[], b: readonly string[]): number {
  const either = new Set([...a, ...b]);
  const both = new Set(a.filter((name) => b.includes(name)));
  return either.size === 0 ? 0 : both.size / either.size;
}
