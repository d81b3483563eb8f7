import type { Day } from '../core/dates';
import type { AppError } from '../core/errors';
import type { ColumnQuality, QualityTable } from '../ingest/quality/column-quality';
import { AS_OF, type QualityRule, type RuleCheck } from '../ingest/quality/rule';
import type { RuleOutcome } from '../ingest/quality/run-rules';
import type { StagingOptions } from '../ingest/staging/staging-contract';

/** A file of the room as the quality page takes it. */
export interface QualityFile {
  /** Its number in the room: the n of source_<n>. */
  readonly number: number;
  readonly name: string;
  /** Stages the file unless that was done, and says what to read: its source or its cleaned table. */
  readonly prepare: (options: StagingOptions) => Promise<QualityTable>;
}

/** What was found of a file; null parts are not known yet. */
export interface FileQuality {
  readonly file: QualityFile;
  /** With the types and formats that the profile settled, once there is one. */
  readonly table: QualityTable | null;
  readonly columns: readonly ColumnQuality[];
  readonly isProfiled: boolean;
  /** What each check came to, by checkKey. */
  readonly outcomes: ReadonlyMap<string, RuleOutcome>;
  /** Different rows that break a rule of the file. */
  readonly rowsTouched: number;
  readonly error: AppError | null;
}

/** What was found of a file, to be shown again without its rows. */
export interface KeptProfile {
  readonly number: number;
  readonly table: QualityTable | null;
  readonly columns: readonly ColumnQuality[];
  readonly outcomes: readonly (readonly [key: string, outcome: RuleOutcome])[];
  readonly rowsTouched: number;
}

export interface QualityProgress {
  readonly file: QualityFile;
  readonly phase: 'staging' | 'profiling' | 'checking';
  /** Share of the phase, 0..1. */
  readonly share: number;
}

export type RulesByFile = Readonly<Record<number, readonly QualityRule[]>>;

/** A rule whose rows are shown. */
export interface OpenedRule {
  readonly fileNumber: number;
  readonly rule: QualityRule;
}

/** The same for checks that come to the same on the same file. */
export function checkKey(check: RuleCheck, asOf: Day): string {
  const isDated = check.kind === 'days' && check.last === AS_OF;
  return isDated ? `${JSON.stringify(check)} ${asOf}` : JSON.stringify(check);
}

/** What was found of the files that have been looked at. */
export function profileOf(files: readonly FileQuality[]): readonly KeptProfile[] {
  return files
    .filter(({ isProfiled }) => isProfiled)
    .map(({ file: { number }, table, columns, outcomes, rowsTouched }) => {
      return { number, table, columns, outcomes: [...outcomes], rowsTouched };
    });
}

/** The file with what was found of it before, where anything was. */
export function recalled(file: QualityFile, profile: readonly KeptProfile[]): FileQuality {
  const found = profile.find(({ number }) => number === file.number);
  if (found === undefined) return untouched(file);
  const { table, columns, outcomes, rowsTouched } = found;
  return { file, table, columns, isProfiled: true, outcomes: new Map(outcomes), rowsTouched, error: null };
}

export function untouched(file: QualityFile): FileQuality {
  return { file, table: null, columns: [], isProfiled: false, outcomes: new Map(), rowsTouched: 0, error: null };
}
