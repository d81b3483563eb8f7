import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRfm } from '../../../src/analyses/rfm/rfm';
import { RFM_DEFAULTS } from '../../../src/analyses/rfm/rfm-params';
import { RfmTables } from '../../../src/analyses/rfm/rfm-tables';
import { sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import type { PolicyOutcome } from '../../../src/ingest/import-contract';
import type { FilePreview, ImportReport } from '../../../src/ingest/file-preview';
import { importOrders } from '../../support/import-orders';
import { mappingFromPreview } from '../../../src/ingest/mapping';
import { applyPolicy, defaultPolicy, policyGroups, policyOutcome } from '../../../src/ingest/policy';
import { previewFile } from '../../../src/ingest/preview';
import { SAMPLES } from '../../../src/samples/sample';
import { buildSampleBlobs } from '../../../src/samples/sample-blobs';
import type { RetailTruth } from '../../../src/samples/retail/truth';
import { recordsOf } from '../../unit/samples/naive-csv';

const { customers: PEOPLE, asOf } = SAMPLES.retail;
const UTC_PLUS_8 = 480;

/** What the import made of one member number. */
interface Found {
  readonly orders: number;
  /** As the truth writes it, '' for never. */
  readonly lastAt: string;
  readonly cents: number;
}

describe.each(['en', 'zh'] as const)('the sample’s orders file (%s), opened as any file is', (locale) => {
  let db: Db;
  let truth: RetailTruth;
  let truthMembers: readonly Record<string, string>[];
  let preview: FilePreview;
  let report: ImportReport;
  let outcome: PolicyOutcome;
  let found: ReadonlyMap<string, Found>;

  beforeAll(async () => {
    const files = buildSampleBlobs('retail', locale, PEOPLE, () => undefined);
    const named = (end: string) => files.find(({ name }) => name.endsWith(end))!.blob.text();
    truth = JSON.parse(await named('truth.json')) as RetailTruth;
    truthMembers = recordsOf(await named('truth-members.csv'));
    const { name, blob } = files[0]!;
    db = createNodeDb();
    preview = await previewFile(blob, name);
    const mapping = mappingFromPreview(preview, UTC_PLUS_8);
    const { layout, report: imported } = await importOrders(db, blob, name, mapping);
    report = imported;
    const policy = defaultPolicy(await policyGroups(db, layout));
    await applyPolicy(db, layout, policy);
    outcome = await policyOutcome(db, layout, policy);
    found = await readMembers(db);
  });

  afterAll(() => db.close());

  it('is understood without a question: encoding and meaning of every column that counts', () => {
    expect(preview.dialect).toEqual({
      encoding: locale === 'zh' ? 'gb18030' : 'utf-8',
      delimiter: ',',
      hasHeader: true,
    });
    expect(preview.missing).toEqual([]);
    expect(preview.columns.map(({ role }) => role)).toEqual([
      'orderId',
      'customerId',
      'orderedAt',
      'store',
      'channel',
      'productId',
      'ignore',
      'category',
      'ignore',
      'quantity',
      'ignore',
      'amount',
      'ignore',
      'payment',
      'status',
    ]);
  });

  it('is read to the row, and each planted defect is named', () => {
    const { totals } = truth;
    expect(report.rowsRead).toBe(totals.rows);
    expect(report.rowsUsed).toBe(totals.rows - totals.brokenRows);
    expect(report.rowsWithoutCustomer).toBe(totals.rowsWithoutMember);
    expect(report.orders).toBe(totals.orders);
    expect(report.customers).toBe(totals.membersInFile);
    const planted = new Map<string, number>();
    for (const { defect } of truth.brokenRows) planted.set(defect, (planted.get(defect) ?? 0) + 1);
    expect(new Map(report.leftOut.filter(({ rows }) => rows > 0).map(({ reason, rows }) => [reason, rows]))).toEqual(
      planted,
    );
  });

  it('comes to the truth’s customers, purchases and money under the default policy', () => {
    const { totals } = truth;
    const keptOrders = truthMembers.reduce((sum, row) => sum + Number(row['kept_orders']), 0);
    expect(outcome.customers).toBe(totals.membersWithKeptOrder);
    expect(outcome.purchases).toBe(keptOrders);
    expect(Math.round(outcome.revenue * 100)).toBe(totals.netCents);
    expect(Math.round(outcome.revenueIdentified * 100)).toBe(totals.netCentsWithMember);
  });

  it('gives each member number its orders, its last order and its money to the cent', () => {
    const wrong = truthMembers.filter((row) => {
      const member = found.get(row['member_no']!) ?? { orders: 0, lastAt: '', cents: 0 };
      return !(
        member.orders === Number(row['kept_orders']) &&
        member.lastAt === row['last_kept_at'] &&
        member.cents === Math.round(Number(row['net_amount']) * 100)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('lets RFM rank the latent types as they are: by frequency, and those who left by recency', async () => {
    await runRfm(db, new RfmTables(db), { asOf, from: null, audience: null }, RFM_DEFAULTS);
    const rows = await db.query(
      sql`SELECT customer_id, recency_days, r, f FROM rfm_scores JOIN customers USING (customer_key)`,
      { customer_id: 'text', recency_days: 'integer', r: 'integer', f: 'integer' },
    );
    const scores = new Map(rows.map((row) => [row.customer_id, row]));
    const scored = truthMembers.flatMap((row) => {
      const score = scores.get(row['member_no']!);
      return score === undefined ? [] : [{ ...score, type: row['customer_type']!, alive: row['alive_until']! >= asOf }];
    });
    const meanF = (type: string): number => mean(scored.filter((row) => row.type === type).map(({ f }) => f));
    // Rates a year: 12, 9, 5, 3.5, 1.5, 0.5.
    const ranked = ['loyal', 'unhappy-active', 'regular', 'bargain', 'occasional', 'passer-by'].map(meanF);
    expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
    expect(ranked[0]! - ranked[5]!).toBeGreaterThan(2);
    const lively = scored.filter(({ type }) => type === 'loyal' || type === 'unhappy-active');
    expect(mean(lively.filter(({ alive }) => alive).map(({ r }) => r))).toBeGreaterThan(
      mean(lively.filter(({ alive }) => !alive).map(({ r }) => r)) + 2,
    );
  });
});

async function readMembers(db: Db): Promise<ReadonlyMap<string, Found>> {
  const rows = await db.query(
    sql`SELECT customer_id, CAST(count(*) FILTER (is_purchase) AS INTEGER) AS orders,
          strftime(max(ordered_at) FILTER (is_purchase), '%Y-%m-%d %H:%M:%S') AS last_at, sum(amount) AS money
        FROM purchases JOIN customers USING (customer_key) GROUP BY customer_id`,
    { customer_id: 'text', orders: 'integer', last_at: 'text?', money: 'decimal' },
  );
  return new Map(
    rows.map((row) => [
      row.customer_id,
      { orders: row.orders, lastAt: row.last_at ?? '', cents: Math.round(row.money * 100) },
    ]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
