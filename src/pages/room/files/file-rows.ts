import type { AppError } from '../../../core/errors';
import type { MissingNeed } from '../../../ingest/file-preview';
import type { FileKind, KindNeed } from '../../../ingest/kinds/kinds';
import type { RecognisedKind } from '../../../ingest/kinds/recognise-kind';

/** A file of the dataset as its table shows it. */
export interface FileRow {
  readonly id: number;
  readonly name: string;
  /** Null until it has been looked into. */
  readonly rows: number | null;
  /** False where the rows are an estimate from the beginning of the file. */
  readonly isCounted: boolean;
  readonly kind: FileKind;
  /** What it was taken for; null until it has been looked into. */
  readonly recognised: RecognisedKind | null;
  readonly isKindChosen: boolean;
  readonly missing: readonly (MissingNeed | KindNeed)[];
  readonly error: AppError | null;
}
