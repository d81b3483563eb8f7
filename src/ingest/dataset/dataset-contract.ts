import type { TableLayout } from '../../db/schema';
import type { Excerpt } from '../excerpt/excerpt';
import type { ImportReport } from '../file-preview';
import type { ImportProgress } from '../import-contract';
import type { KindReport } from '../kinds/kind-step';
import type { PersonRole } from '../kinds/kinds';
import type { DatasetFile } from './dataset-files';

/** How far the import of a dataset has come: the file at hand, from 0, and how far it is. */
export interface DatasetProgress extends ImportProgress {
  readonly file: number;
  readonly files: number;
}

export interface DatasetOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
  /** What is taken of the files; everything unless told. */
  readonly excerpt?: Excerpt | undefined;
}

/** What became of one file; the number is its place among the files given. */
export type FileReport =
  | { readonly file: number; readonly kind: 'orders'; readonly report: ImportReport }
  | { readonly file: number; readonly kind: KindReport['kind']; readonly report: KindReport };

export interface DatasetResult {
  readonly layout: TableLayout;
  /** The account of the lines of orders, of all files of orders together; null where there are none. */
  readonly report: ImportReport | null;
  readonly files: readonly FileReport[];
  /** What was taken of the files. */
  readonly excerpt: Excerpt;
  /** How heads and lines of orders met; null where they do not stand in two files. */
  readonly join: JoinFigures | null;
  /** Set where files gave the same numbers two names, so that one of them was used for both. */
  readonly renamed: { readonly from: PersonRole; readonly to: PersonRole } | null;
}

/** An orders file or another one, with its number in the dataset. */
export interface Numbered<Plan> {
  readonly file: DatasetFile;
  readonly plan: Plan;
  readonly number: number;
}

/** How the heads of orders and their lines met. */
export interface JoinFigures {
  readonly items: number;
  readonly itemsWithoutOrder: number;
  readonly orders: number;
  readonly ordersWithoutItems: number;
  /** Orders with money on the head and on every line, and those of them where both come to the same. */
  readonly ordersWithBoth: number;
  readonly ordersThatAgree: number;
}
