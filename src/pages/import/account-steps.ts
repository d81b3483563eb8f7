import type { ImportReport, LeftOutReason } from '../../ingest/file-preview';

/** One step of the waterfall; start and share are parts of the rows read, 0..1. */
export type AccountStep = {
  readonly rows: number;
  /** Where the bar begins: a loss hangs at the end of what was left before it. */
  readonly start: number;
  readonly share: number;
} & ({ readonly kind: 'read' | 'used' } | { readonly kind: 'lost'; readonly reason: LeftOutReason });

/**
 * The steps from read to used, the largest loss first. The losses' shares and that of the used
 * rows sum to 1. A file without rows gives shares of 0.
 */
export function accountSteps(report: ImportReport): readonly AccountStep[] {
  const share = (rows: number): number => (report.rowsRead === 0 ? 0 : rows / report.rowsRead);
  const losses = [...report.leftOut].sort((a, b) => b.rows - a.rows);
  let left = report.rowsRead;
  return [
    { kind: 'read', rows: report.rowsRead, start: 0, share: share(report.rowsRead) },
    ...losses.map(({ reason, rows }) => {
      left -= rows;
      return { kind: 'lost' as const, reason, rows, start: share(left), share: share(rows) };
    }),
    { kind: 'used', rows: report.rowsUsed, start: 0, share: share(report.rowsUsed) },
  ];
}
