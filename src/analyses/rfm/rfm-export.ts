import type { ChartTable } from '../../charts/chart-table';
import type { Sql } from '../../core/sql';
import type { RfmResult } from './rfm';

/** What the page offers to take along: the scored customers (tables rfm_base and rfm_scores) and their statements. */
export interface RfmExport {
  readonly result: RfmResult;
  /** Names of the groups by id, in the reader's language. */
  readonly segmentNames: Readonly<Record<string, string>>;
  /** The tables of figures that the page shows, in the reader's language, with how they count customers. */
  readonly tables: readonly { readonly title: string; readonly table: ChartTable }[];
  readonly statements: readonly { readonly title: string; readonly statement: Sql }[];
}
