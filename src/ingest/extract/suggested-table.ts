import type { TableInFile } from './extract-contract';

/** The table that a person most likely means: the one of the most rows that its author did not hide; null when all are empty. */
export function suggestTable(tables: readonly TableInFile[]): TableInFile | null {
  const filled = tables.filter(({ rows }) => rows !== 0);
  const shown = filled.filter(({ hidden }) => hidden !== true);
  const eligible = shown.length > 0 ? shown : filled;
  const [first] = eligible;
  return first === undefined
    ? null
    : eligible.reduce((best, each) => ((each.rows ?? 0) > (best.rows ?? 0) ? each : best), first);
}
