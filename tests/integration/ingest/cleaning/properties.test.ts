import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { StepAction } from '../../../../src/ingest/cleaning/step';
import { clean, type Table } from './staged';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.open();
});

afterAll(() => db.close());

const HEADERS = ['k', 'text', 'n'];
const PIECES = [
  'a',
  'B',
  ' ',
  '  ',
  '　',
  '上海',
  '市',
  'ＡＢ',
  '１',
  '"',
  "'",
  ',',
  '\n',
  'é',
  'ﬁ',
  '㎏',
  '-',
  '0',
  '\u200b',
  'ß',
  'ǅ',
];
const text = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
  },
);
const number = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -50, max: 50 }).map(String),
  fc.constantFrom('1.5', '1,200', '¥3', 'n/a', '2万', '1e3'),
);
const table: fc.Arbitrary<Table> = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z', null), text, number), {
  maxLength: 8,
});

/** Each once does all it has to do. */
const SETTLED: readonly StepAction[] = [
  { do: 'trim', columns: 'all' },
  { do: 'half-width', columns: 'all' },
  { do: 'collapse-blanks', columns: 'all' },
  { do: 'case', columns: 'all', to: 'upper' },
  { do: 'case', columns: 'all', to: 'lower' },
  { do: 'case', columns: 'all', to: 'title' },
  {
    do: 'map-values',
    column: 'k',
    values: [
      { from: 'x', to: 'y' },
      { from: null, to: 'z' },
    ],
    others: 'keep',
  },
  { do: 'merge-spellings', column: 'k', groups: [{ to: 'x', from: ['y', 'z'] }] },
  { do: 'read-number', column: 'n', format: 'point', unreadable: 'empty' },
  { do: 'fill-gaps', column: 'text', fill: { with: 'mode', by: ['k'] } },
  { do: 'fill-gaps', column: 'n', fill: { with: 'previous', by: ['k'], order: null } },
  { do: 'fill-gaps', column: 'n', fill: { with: 'drop-row' } },
  { do: 'outliers', column: 'n', bounds: { by: 'value', low: '-5', high: '5' }, then: 'clip', flag: 'f' },
  { do: 'distinct-rows' },
  { do: 'distinct-by', columns: ['k'], choose: { keep: 'fullest' } },
  { do: 'distinct-by', columns: ['k'], choose: { keep: 'largest', of: 'n' } },
  { do: 'keep-rows', expression: 'n > 0 OR k IS NULL' },
];
const OTHERS: readonly StepAction[] = [
  { do: 'replace', columns: 'all', find: 'a', put: 'aa', as: 'text' },
  { do: 'scale', column: 'n', factor: '0.01', units: [{ unit: '万', factor: '10000' }] },
  { do: 'fill-gaps', column: 'n', fill: { with: 'median', by: ['k'] } },
  { do: 'outliers', column: 'n', bounds: { by: 'iqr', factor: 0.5 }, then: 'drop-row', flag: 'f' },
  { do: 'outliers', column: 'n', bounds: { by: 'quantile', low: 0.2, high: 0.8 }, then: 'empty', flag: 'f' },
];

const step = fc.constantFrom(...SETTLED, ...OTHERS);

describe('steps', () => {
  it.each(SETTLED.map((action) => [JSON.stringify(action), action] as const))(
    'done twice come to what they come to once: %s',
    async (_, action) => {
      await fc.assert(
        fc.asyncProperty(table, async (rows) => {
          const once = await clean(db, HEADERS, rows, [action]);
          const twice = await clean(db, HEADERS, rows, [action, action]);
          expect(twice.rows).toEqual(once.rows);
          expect(twice.report.steps[1]).toMatchObject({ cellsChanged: 0, rowsChanged: 0, changes: [], sample: [] });
        }),
        { numRuns: 6 },
      );
    },
  );

  it('lose no row unseen, keep the order of the file, and report what is really different', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(step, { minLength: 1, maxLength: 4 }), async (rows, actions) => {
        const { places, report, rows: after } = await clean(db, HEADERS, rows, actions);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(new Set(places).size).toBe(places.length);
        expect(report.rowsBefore).toBe(rows.length);
        expect(report.rowsAfter).toBe(after.length);
        let expected = rows.length;
        for (const done of report.steps) {
          expect(done.state).toBe('done');
          expect(done.rowsBefore).toBe(expected);
          const dropped = done.sample.filter((row) => row.dropped).length;
          expect(done.rowsAfter).toBe(done.rowsBefore - dropped);
          expect(done.rowsChanged).toBe(done.sample.length - dropped);
          const cells = done.sample
            .filter((row) => !row.dropped)
            .flatMap((row) => row.after.filter((cell, i) => cell !== row.before[i]));
          expect(done.cellsChanged).toBe(cells.length);
          expected = done.rowsAfter;
        }
        expect(after.length).toBe(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('come to the same table each time they are done', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(step, { maxLength: 4 }), async (rows, actions) => {
        const first = await clean(db, HEADERS, rows, actions);
        expect(await clean(db, HEADERS, rows, actions)).toEqual(first);
      }),
      { numRuns: 10 },
    );
  });

  it('never leave a text of nothing: a cell holds something or is a gap', async () => {
    await fc.assert(
      fc.asyncProperty(table, step, async (rows, action) => {
        const { rows: after } = await clean(db, HEADERS, rows, [action]);
        expect(after.flat()).not.toContain('');
      }),
      { numRuns: 15 },
    );
  });
});
