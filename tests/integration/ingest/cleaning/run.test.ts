import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { applyCleaning } from '../../../../src/ingest/cleaning/apply';
import { cleanedRows } from '../../../../src/ingest/cleaning/cleaning-tables.sql';
import { cleaningColumns } from '../../../../src/ingest/cleaning/columns';
import { CleaningRun } from '../../../../src/ingest/cleaning/run';
import type { CleaningStep } from '../../../../src/ingest/cleaning/step';
import { droppedCsv } from '../../../../src/state/dropped-csv';
import { stageTable, steps, tableRows, type Table } from './staged';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.open();
});

afterAll(() => db.close());

const HEADERS = ['id', 'city', 'amount'];
const ROWS: Table = [
  ['1', ' 上海', '10'],
  ['1', '上海', '20'],
  ['2', null, '30'],
  ['3', 'ＳＨ', '40'],
];
const STEPS = steps(
  { do: 'trim', columns: 'all' },
  { do: 'half-width', columns: 'all' },
  { do: 'distinct-by', columns: ['id'], choose: { keep: 'first' } },
  { do: 'compute', into: 'twice', expression: 'amount * 2' },
);

/** The Db with the texts of the statements that go through it. */
function watched(): { readonly seen: string[]; readonly db: Db } {
  const seen: string[] = [];
  return {
    seen,
    db: {
      ...db,
      open: () => db.open(),
      query: (statement, shape, options) => db.query(statement, shape, options),
      columns: (statement, shape, options) => db.columns(statement, shape, options),
      exportCsv: (statement, options) => db.exportCsv(statement, options),
      append: (table, ipc, options) => db.append(table, ipc, options),
      onLost: (listener) => db.onLost(listener),
      close: () => db.close(),
      exec: (statement, options) => {
        seen.push(statement.render(() => '?'));
        return db.exec(statement, options);
      },
    },
  };
}

async function leftOver(): Promise<readonly string[]> {
  const tables = await db.query(sql`SELECT table_name AS name FROM duckdb_tables() ORDER BY name`, { name: 'text' });
  return tables.map(({ name }) => name);
}

async function newRun(on: Db = db, mostCells?: number): Promise<CleaningRun> {
  await stageTable(db, 1, HEADERS, ROWS);
  return new CleaningRun(on, 1, cleaningColumns(HEADERS), mostCells);
}

describe('CleaningRun', () => {
  it('does anew only what comes after the first difference', async () => {
    const { db: counted, seen } = watched();
    const run = await newRun(counted);
    await run.run(STEPS);
    seen.length = 0;
    const again = await run.run(STEPS);
    expect(seen).toEqual([]);
    const off = STEPS.map((step, i) => (i === 3 ? { ...step, on: false } : step));
    const report = await run.run(off);
    expect(seen.filter((text) => text.startsWith('CREATE'))).toEqual([]);
    expect(report.steps.slice(0, 3)).toEqual(again.steps.slice(0, 3));
    expect(report.columns.map(({ name }) => name)).toEqual(HEADERS);
    await run.dispose();
  });

  it('comes to the same table by whatever way a list was reached', async () => {
    const run = await newRun();
    const [trim, width, distinct, compute] = STEPS as [CleaningStep, CleaningStep, CleaningStep, CleaningStep];
    await run.run([compute, distinct]);
    await run.run([trim, distinct, compute]);
    await run.run([]);
    const report = await run.run(STEPS);
    await run.materialise();
    const roundabout = await tableRows(db, 'cleaned_1', 4);
    const straight = await newRun();
    expect(await straight.run(STEPS)).toEqual(report);
    await straight.materialise();
    expect(await tableRows(db, 'cleaned_1', 4)).toEqual(roundabout);
    expect(roundabout).toEqual([
      ['2', '1', '上海', '10', '20'],
      ['4', '2', null, '30', '60'],
      ['5', '3', 'SH', '40', '80'],
    ]);
    expect(await tableRows(db, 'source_1', 3)).toEqual(ROWS.map((row, i) => [String(i + 2), ...row]));
    expect(width.on).toBe(true);
    await run.dispose();
    await straight.dispose();
  });

  it('leaves no table behind once it is disposed of', async () => {
    const before = (await leftOver()).filter((name) => name.startsWith('cleaning_'));
    const run = await newRun();
    await run.run(STEPS);
    expect((await leftOver()).length).toBeGreaterThan(before.length + 2);
    await run.dispose();
    expect((await leftOver()).filter((name) => name.startsWith('cleaning_'))).toEqual(before);
  });

  it('comes to the same with no room for the tables between the steps, and says whose rows it has no more', async () => {
    const roomy = await newRun();
    const expected = await roomy.run(STEPS);
    await roomy.dispose();
    const run = await newRun(db, 0);
    expect(await run.run(STEPS)).toEqual(expected);
    expect(run.hasRows('s2')).toBe(false);
    const edited = STEPS.map((step, i): CleaningStep =>
      i === 3 ? { ...step, action: { do: 'compute', into: 'twice', expression: 'amount + amount' } } : step,
    );
    await run.run(edited);
    await run.materialise();
    expect((await tableRows(db, 'cleaned_1', 4)).map((row) => row[4])).toEqual(['20', '60', '80']);
    await run.dispose();
  });

  it('reads the rows a step touched, and all rows it found, a page at a time', async () => {
    const run = await newRun();
    await run.run(STEPS);
    expect(await run.touchedRows('s2', { first: 0, count: 5 })).toEqual([
      { sourceRow: 3, dropped: true, before: ['1', '上海', '20'], after: [] },
    ]);
    expect(await run.allRows('s1', { first: 2, count: 5 })).toEqual([
      { sourceRow: 4, dropped: false, before: ['2', null, '30'], after: ['2', null, '30'] },
      { sourceRow: 5, dropped: false, before: ['3', 'ＳＨ', '40'], after: ['3', 'SH', '40'] },
    ]);
    expect(await run.touchedRows('s3', { first: 1, count: 1 })).toEqual([
      { sourceRow: 4, dropped: false, before: ['2', null, '30'], after: ['2', null, '30', '60'] },
    ]);
    await run.dispose();
  });

  it('gives the cleaned rows and the dropped ones as text, under the names of the columns', async () => {
    await stageTable(
      db,
      1,
      ['a', 'A', '', 'a', 'x "y", z'],
      [
        ['1', '2', '3', '4', 'q"'],
        ['1', '2', '3', '4', null],
      ],
    );
    const columns = cleaningColumns(['a', 'A', '', 'a', 'x "y", z']);
    const run = new CleaningRun(db, 1, columns);
    const report = await run.run(steps({ do: 'distinct-by', columns: ['A (2)'], choose: { keep: 'first' } }));
    await run.materialise();
    const cleaned = await (await db.exportCsv(cleanedRows(1, report.columns))).text();
    expect(cleaned).toBe('a,A (2),"#3",a (3),"x ""y"", z"\n1,2,3,4,"q"""\n');
    const dropped = await (await droppedCsv(db, run.dropped('s0'), null)).text();
    expect(dropped).toBe('source_row,a,A (2),#3,a (3),"x ""y"", z"\r\n3,1,2,3,4,\r\n');
    await run.dispose();
  });

  it('stops when it is told to, keeps what was done, and goes on from there', async () => {
    const run = await newRun();
    const stop = new AbortController();
    const stopped = run.run(STEPS, {
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 2) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const shares: number[] = [];
    const report = await run.run(STEPS, { onProgress: ({ share }) => shares.push(share) });
    expect(shares[0]).toBe(0.5);
    expect(report.rowsAfter).toBe(3);
    await run.dispose();
  });

  it('throws what is not about a step, and leaves nothing of it behind', async () => {
    const failing: Db = {
      ...watched().db,
      exec: (statement, options) => {
        if (statement.render(() => '?').includes('row_number() OVER (PARTITION'))
          return Promise.reject(new AppError('engine-out-of-memory'));
        return db.exec(statement, options);
      },
    };
    const run = await newRun(failing);
    await expect(run.run(STEPS)).rejects.toMatchObject({ code: 'engine-out-of-memory' });
    await run.dispose();
    expect((await leftOver()).filter((name) => name.startsWith('cleaning_'))).toEqual([]);
  });
});

describe('applyCleaning', () => {
  it('makes the cleaned table and keeps no other, also when it is stopped on the way', async () => {
    await stageTable(db, 1, HEADERS, ROWS);
    const before = await leftOver();
    const stop = new AbortController();
    const stopped = applyCleaning(db, 1, cleaningColumns(HEADERS), STEPS, {
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 3) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    expect(await leftOver()).toEqual(before);
    const report = await applyCleaning(db, 1, cleaningColumns(HEADERS), STEPS);
    expect(await leftOver()).toEqual([...new Set([...before, 'cleaned_1'])].toSorted());
    expect((await tableRows(db, 'cleaned_1', 4)).length).toBe(report.rowsAfter);
  });
});
