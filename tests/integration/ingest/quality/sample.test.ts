import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { settled, type ColumnQuality, type QualityTable } from '../../../../src/ingest/quality/column-quality';
import { profileTable } from '../../../../src/ingest/quality/profile-table';
import type { RuleKind } from '../../../../src/ingest/quality/rule';
import {
  clearFailures,
  readFailing,
  runRule,
  type FailingRow,
  type RuleOutcome,
} from '../../../../src/ingest/quality/run-rules';
import { suggestRules, type ProfiledFile } from '../../../../src/ingest/quality/suggest-rules';
import { previewFile } from '../../../../src/ingest/preview';
import { stageInProcess } from '../../../../src/ingest/staging/stage-in-process';
import { SAMPLES, type SampleFile } from '../../../../src/samples/sample';
import { buildSampleBlobs } from '../../../../src/samples/sample-blobs';
import type { RetailTruth } from '../../../../src/samples/retail/truth';
import { recordsOf } from '../../../unit/samples/naive-csv';

const { asOf } = SAMPLES.retail;
const PEOPLE = 3000;

describe.each(['en', 'zh'] as const)('the sample company (%s), looked at as any room of files is', (locale) => {
  const db = createNodeDb();
  const tables = new Map<number, QualityTable>();
  const profiled: ProfiledFile[] = [];
  let files: readonly SampleFile[];
  let truth: RetailTruth;

  beforeAll(async () => {
    files = buildSampleBlobs('retail', locale, PEOPLE, () => undefined);
    truth = JSON.parse(await files.find(({ name }) => name.endsWith('truth.json'))!.blob.text()) as RetailTruth;
    for (const [number, { blob, name }] of files.slice(0, 2).entries()) {
      const { dialect, columns } = await previewFile(blob, name);
      const source = { file: blob, name, dialect, columnCount: columns.length };
      const { table, ragged } = await stageInProcess(db, source, number);
      const unsettled: QualityTable = { table, ragged, columns, zoneOffsetMinutes: 480 };
      const qualities = await profileTable(db, unsettled);
      tables.set(number, settled(unsettled, qualities));
      profiled.push({ number, columns: qualities, knowsWidth: true });
    }
  });
  afterAll(() => db.close());

  interface Checked {
    readonly outcome: RuleOutcome;
    readonly rows: readonly FailingRow[];
  }

  async function check(number: number, kind: RuleKind): Promise<Checked> {
    const table = tables.get(number)!;
    const file = profiled[number]!;
    const rule = suggestRules(
      file,
      profiled.filter((other) => other !== file),
    ).find((each) => each.check.kind === kind)!;
    await clearFailures(db, number);
    const context = { table, asOf, tableOf: (other: number) => tables.get(other) ?? null };
    const outcome = await runRule(db, rule, context, number, 0);
    return { outcome, rows: await readFailing(db, number, 0, table, 0, 1000) };
  }

  const cellsOf = (rows: readonly FailingRow[], column: number): (string | null)[] =>
    rows.map(({ cells }) => cells[column] ?? null);
  const columnOf = (number: number, meaning: ColumnQuality['meaning']): ColumnQuality =>
    profiled[number]!.columns.find((column) => column.meaning === meaning)!;

  test('The planted rows of another width are exactly those that the truth names.', async () => {
    const planted = truth.brokenRows.filter(({ defect }) => defect === 'too-few-cells' || defect === 'too-many-cells');
    const { rows } = await check(0, 'width');
    expect(cellsOf(rows, 0).toSorted()).toEqual(planted.map(({ orderNumber }) => orderNumber).toSorted());
  });

  test('The times that nobody can read stand out of their column.', () => {
    const planted = truth.brokenRows.filter(({ defect }) => defect === 'bad-time').length;
    expect(columnOf(0, 'time').odd.cells).toBe(planted);
  });

  test('Rows without a member number are as many as in a plain count of the file.', async () => {
    const text = new TextDecoder(locale === 'zh' ? 'gb18030' : 'utf-8').decode(await files[0]!.blob.arrayBuffer());
    const header = text.slice(0, text.indexOf('\r\n')).replace('\ufeff', '').split(',');
    const plain = text
      .split('\r\n')
      .slice(1)
      .filter((line) => line !== '' && line.split(',')[1] === '').length;
    expect(header[1]).toBe(columnOf(0, 'customer').name);
    const { outcome } = await check(0, 'filled');
    expect(outcome).toMatchObject({ state: 'fails', failing: plain });
    expect(plain).toBeGreaterThan(0);
  });

  test('The counter’s telephone is found, and nothing else is taken for one.', async () => {
    const { outcome, rows } = await check(1, 'few-owners');
    const phone = columnOf(1, 'phone').index;
    expect(new Set(cellsOf(rows, phone))).toEqual(new Set([truth.storePhone.phone]));
    const members = recordsOf((await files[1]!.blob.text()).replace('\ufeff', ''));
    const holders = members.filter((member) => Object.values(member).includes(truth.storePhone.phone)).length;
    expect(outcome).toMatchObject({ state: 'fails', failing: holders });
  });

  test('Repeated rows are all within the giant basket, whose order number comes most often.', async () => {
    const { rows } = await check(0, 'distinct-rows');
    expect(new Set(cellsOf(rows, 0))).toEqual(new Set([truth.giantOrder.orderNumber]));
    expect(columnOf(0, 'order').top[0]).toEqual({ value: truth.giantOrder.orderNumber, cells: truth.giantOrder.lines });
  });

  test('18-digit ids stay apart, and orders keep to one customer and one time once refunds are set aside.', async () => {
    expect(columnOf(1, 'customer')).toMatchObject({ type: 'text', distinct: truth.memberNumbers, gaps: 0 });
    expect((await check(0, 'agree')).outcome).toMatchObject({ state: 'passes', failing: 0 });
    expect((await check(0, 'days')).outcome.state).toBe('passes');
    expect((await check(1, 'unique')).outcome).toMatchObject({ state: 'passes', checked: truth.memberNumbers });
  });
});
