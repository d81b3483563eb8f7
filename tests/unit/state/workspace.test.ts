import { describe, expect, it } from 'vitest';
import { sql } from '../../../src/core/sql';
import type { ImportReport } from '../../../src/ingest/file-preview';
import { WHOLE } from '../../../src/ingest/excerpt/excerpt';
import { Workspace, type Dataset } from '../../../src/state/workspace.svelte';

const report: ImportReport = {
  rowsRead: 3,
  rowsUsed: 3,
  blankLines: 0,
  titleLines: 0,
  leftOut: [],
  leftOutNotKept: 0,
  rowsWithoutCustomer: 0,
  amountsRounded: 0,
  customers: 2,
  orders: 3,
  ordersSplitByCustomer: 0,
  cancelMarks: 0,
  firstOrderedAt: Date.UTC(2024, 0, 5, 9),
  lastOrderedAt: Date.UTC(2025, 11, 31, 23, 59, 59),
};

const dataset: Dataset = {
  name: 'orders.csv',
  layout: { moneyScale: 2, quantityScale: 0, hasOrderId: true, hasProduct: false, hasQuantity: false, labels: [] },
  report,
  files: [],
  join: null,
  renamed: null,
  excerpt: WHOLE,
  isSample: false,
};

describe('Workspace', () => {
  it('measures a new dataset to the day after its last order, over everything before', () => {
    const workspace = new Workspace();
    workspace.adopt(dataset);
    expect(workspace.scope).toEqual({ asOf: '2026-01-01', from: null, audience: null });
    expect(workspace.span).toEqual({ first: '2024-01-05', asOf: '2026-01-01' });
  });

  it('keeps the scope when the tables change and starts over with another dataset', () => {
    const workspace = new Workspace();
    workspace.adopt(dataset);
    workspace.setAsOf('2025-07-01');
    workspace.setFrom('2025-01-01');
    workspace.setAudience({ id: 'a', name: 'Gone quiet', members: sql`SELECT 1 AS customer_key` });
    const before = workspace.revision;
    workspace.touch();
    expect([workspace.revision, workspace.scope.asOf, workspace.audience?.name]).toEqual([
      before + 1,
      '2025-07-01',
      'Gone quiet',
    ]);
    workspace.adopt(dataset);
    expect([workspace.scope.asOf, workspace.scope.from, workspace.audience]).toEqual(['2026-01-01', null, null]);
  });

  it('goes back to the whole period without touching the audience', () => {
    const workspace = new Workspace();
    workspace.adopt(dataset);
    workspace.setAsOf('2025-07-01');
    workspace.setAudience({ id: 'a', name: 'Gone quiet', members: sql`SELECT 1 AS customer_key` });
    workspace.resetPeriod();
    expect([workspace.scope.asOf, workspace.audience?.id]).toEqual(['2026-01-01', 'a']);
  });

  it('has no span where no order has a time', () => {
    const workspace = new Workspace();
    workspace.adopt({ ...dataset, report: { ...report, firstOrderedAt: Number.NaN, lastOrderedAt: Number.NaN } });
    expect([workspace.span, workspace.scope.asOf]).toEqual([null, '']);
  });
});
