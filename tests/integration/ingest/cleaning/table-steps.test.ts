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

const run = (headers: readonly string[], rows: Table, ...actions: readonly StepAction[]) =>
  clean(db, headers, rows, actions);

describe('distinct-rows', () => {
  it('keeps the first of equal rows, gaps being equal, and shows the others as dropped', async () => {
    const rows = [
      ['a', null],
      ['b', '1'],
      ['a', null],
      ['A', null],
      ['a', ''],
    ];
    const { places, report } = await run(['x', 'y'], rows, { do: 'distinct-rows' });
    expect(places).toEqual([0, 1, 3, 4]);
    expect(report.steps[0]).toMatchObject({ rowsBefore: 5, rowsAfter: 4, rowsChanged: 0, cellsChanged: 0 });
    expect(report.steps[0]?.sample).toEqual([{ sourceRow: 4, dropped: true, before: ['a', null], after: [] }]);
  });
});

describe('distinct-by', () => {
  const headers = ['id', 'amount', 'note'];
  const rows = [
    ['1', '9', null],
    ['1', '10', null],
    ['2', '5', 'x'],
    ['1', '10', 'y'],
    [null, '1', null],
    [null, '1', null],
    ['2', 'n/a', 'z'],
  ];
  const by = (choose: Extract<StepAction, { do: 'distinct-by' }>['choose']) =>
    run(headers, rows, { do: 'distinct-by', columns: ['id'], choose });

  it('keeps the first or the last of a key; rows without a key are no duplicates', async () => {
    expect((await by({ keep: 'first' })).places).toEqual([0, 2, 4, 5]);
    expect((await by({ keep: 'last' })).places).toEqual([3, 4, 5, 6]);
  });

  it('keeps the fullest row, of equally full ones the first', async () => {
    expect((await by({ keep: 'fullest' })).places).toEqual([2, 3, 4, 5]);
  });

  it('keeps the largest by number, not by letter, and of equal ones the first', async () => {
    expect((await by({ keep: 'largest', of: 'amount' })).places).toEqual([1, 2, 4, 5]);
    expect((await by({ keep: 'smallest', of: 'amount' })).places).toEqual([0, 2, 4, 5]);
  });

  it('takes the latest of ISO dates for the largest', async () => {
    const dated = [
      ['1', '2024-02-01'],
      ['1', '2024-10-01'],
      ['1', null],
    ];
    const choose = { keep: 'largest', of: 'day' } as const;
    const { places } = await run(['id', 'day'], dated, { do: 'distinct-by', columns: ['id'], choose });
    expect(places).toEqual([1]);
  });
});

describe('fill-gaps', () => {
  const headers = ['shop', 'price', 'day'];
  const rows = [
    ['S', '10', '2024-01-03'],
    ['S', null, '2024-01-02'],
    ['S', '20', '2024-01-01'],
    ['T', null, '2024-01-01'],
    [null, '7', '2024-01-01'],
    [null, null, '2024-01-02'],
  ];
  const fill = async (how: Extract<StepAction, { do: 'fill-gaps' }>['fill']) => {
    const { rows: cleaned } = await run(headers, rows, { do: 'fill-gaps', column: 'price', fill: how });
    return cleaned.map((row) => row[1]);
  };

  it('fills with a value', async () => {
    expect(await fill({ with: 'value', value: '0' })).toEqual(['10', '0', '20', '0', '7', '0']);
  });

  it('fills with the median of all or of the group; a group without any stays', async () => {
    // 7, 10, 20 has the median 10; S has 10 and 20, so 15; T has none; the gap is a group with 7.
    expect(await fill({ with: 'median', by: [] })).toEqual(['10', '10', '20', '10', '7', '10']);
    expect(await fill({ with: 'median', by: ['shop'] })).toEqual(['10', '15', '20', null, '7', '7']);
  });

  it('fills with what stands most often, of ties the first in order', async () => {
    expect(await fill({ with: 'mode', by: [] })).toEqual(['10', '10', '20', '10', '7', '10']);
    const tied = [['b'], ['a'], [null], ['b'], ['a'], ['c']];
    const { rows: cleaned } = await run(['x'], tied, { do: 'fill-gaps', column: 'x', fill: { with: 'mode', by: [] } });
    expect(cleaned.map(([cell]) => cell)).toEqual(['b', 'a', 'a', 'b', 'a', 'c']);
  });

  it('fills with the value before, in the order of the file or of a column', async () => {
    expect(await fill({ with: 'previous', by: [], order: null })).toEqual(['10', '10', '20', '20', '7', '7']);
    expect(await fill({ with: 'previous', by: ['shop'], order: null })).toEqual(['10', '10', '20', null, '7', '7']);
    expect(await fill({ with: 'previous', by: ['shop'], order: 'day' })).toEqual(['10', '20', '20', null, '7', '7']);
  });

  it('leaves the gaps, or drops their rows', async () => {
    expect(await fill({ with: 'nothing' })).toEqual(['10', null, '20', null, '7', null]);
    expect(await fill({ with: 'drop-row' })).toEqual(['10', '20', '7']);
  });
});

describe('outliers', () => {
  const rows = [['1'], ['2'], ['3'], ['4'], ['100'], [null], ['text'], ['-50']];
  const act = async (
    bounds: Extract<StepAction, { do: 'outliers' }>['bounds'],
    then: Extract<StepAction, { do: 'outliers' }>['then'],
  ) => {
    const done = await run(['n'], rows, { do: 'outliers', column: 'n', bounds, then, flag: 'out' });
    return done.rows.map((row) => row.at(-1));
  };

  it('clips to bounds given as values; a number on the bound is inside', async () => {
    expect(await act({ by: 'value', low: '2', high: '4' }, 'clip')).toEqual([
      '2',
      '2',
      '3',
      '4',
      '4',
      null,
      'text',
      '2',
    ]);
    expect(await act({ by: 'value', low: null, high: '2.5' }, 'empty')).toEqual([
      '1',
      '2',
      null,
      null,
      null,
      null,
      'text',
      '-50',
    ]);
  });

  it('flags by quartiles and their distance', async () => {
    // Of -50, 1, 2, 3, 4, 100 the quartiles are 1.25 and 3.75, so the fences lie at -2.5 and 7.5.
    expect(await act({ by: 'iqr', factor: 1.5 }, 'flag')).toEqual([
      'false',
      'false',
      'false',
      'false',
      'true',
      null,
      null,
      'true',
    ]);
  });

  it('drops rows outside of quantiles, and clips to them with decimals', async () => {
    // Type 7 on six numbers: 0.1 lies half way from -50 to 1, 0.9 half way from 4 to 100.
    expect(await act({ by: 'quantile', low: 0.1, high: 0.9 }, 'clip')).toEqual([
      '1',
      '2',
      '3',
      '4',
      '52',
      null,
      'text',
      '-24.5',
    ]);
    expect(await act({ by: 'quantile', low: 0.1, high: 0.9 }, 'drop-row')).toEqual(['1', '2', '3', '4', null, 'text']);
  });

  it('leaves a column without any number as it is', async () => {
    const { rows: cleaned } = await run(['n'], [['a'], [null]], {
      do: 'outliers',
      column: 'n',
      bounds: { by: 'iqr', factor: 1.5 },
      then: 'drop-row',
      flag: 'f',
    });
    expect(cleaned).toEqual([['a'], [null]]);
  });
});

describe('split and join', () => {
  it('splits at a text into columns beside it; the last takes the rest', async () => {
    const done = await run(
      ['addr', 'n'],
      [
        ['浙江-杭州-西湖-1', '1'],
        ['上海', '2'],
        [null, '3'],
        ['-x', '4'],
      ],
      { do: 'split', column: 'addr', at: '-', into: ['省', '市', '区'], keep: false },
    );
    expect(done.names).toEqual(['省', '市', '区', 'n']);
    expect(done.rows).toEqual([
      ['浙江', '杭州', '西湖-1', '1'],
      ['上海', null, null, '2'],
      [null, null, null, '3'],
      [null, 'x', null, '4'],
    ]);
  });

  it('joins columns over gaps, and may take the name of one that goes', async () => {
    const done = await run(
      ['a', 'b', 'c'],
      [
        ['1', '2', 'x'],
        [null, '2', 'y'],
        [null, null, 'z'],
      ],
      { do: 'join', columns: ['b', 'a'], between: '/', into: 'a', keep: false },
    );
    expect(done.names).toEqual(['a', 'c']);
    expect(done.rows).toEqual([
      ['2/1', 'x'],
      ['2', 'y'],
      [null, 'z'],
    ]);
  });
});

describe('compute, keep-rows and drop-columns', () => {
  it('computes exactly to the cent, into a new column or over an old one', async () => {
    const rows = [
      ['0.1', '3'],
      ['2.10', '0.85'],
      ['x', '1'],
      [null, '1'],
    ];
    const done = await run(
      ['单价', '数量'],
      rows,
      { do: 'compute', into: '金额', expression: 'round(单价 * "数量", 2)' },
      { do: 'compute', into: '数量', expression: '数量 / 3' },
    );
    expect(done.names).toEqual(['单价', '数量', '金额']);
    // 2.10 x 0.85 is 1.785, which rounds to 1.79; as doubles it would give 1.78.
    expect(done.rows).toEqual([
      ['0.1', '1', '0.3'],
      ['2.10', '0.283333333', '1.79'],
      ['x', '0.333333333', null],
      [null, '0.333333333', null],
    ]);
    expect(done.report.steps[0]).toMatchObject({
      cellsChanged: 2,
      changes: [{ name: '金额', changed: 2, emptied: 0 }],
    });
  });

  it('keeps the rows for which a condition holds; where a gap leaves it open they go', async () => {
    const done = await run(['n'], [['5'], ['10'], ['9.5'], [null], ['x']], {
      do: 'keep-rows',
      expression: 'n > 9',
    });
    expect(done.places).toEqual([1, 2]);
    expect(done.report.steps[0]?.sample.map(({ sourceRow, dropped }) => [sourceRow, dropped])).toEqual([
      [2, true],
      [5, true],
      [6, true],
    ]);
  });

  it('drops columns, but never the last one', async () => {
    const { names } = await run(['a', 'b'], [['1', '2']], { do: 'drop-columns', columns: ['a'] });
    expect(names).toEqual(['b']);
    const { names: all, report } = await run(['a', 'b'], [['1', '2']], { do: 'drop-columns', columns: ['a', 'b'] });
    expect(all).toEqual(['a', 'b']);
    expect(report.steps[0]?.mistake).toEqual({ code: 'no-column-left' });
  });
});

describe('a list of steps', () => {
  it('goes over an empty table without a complaint', async () => {
    const done = await run(
      ['a', 'b'],
      [],
      { do: 'trim', columns: 'all' },
      { do: 'half-width', columns: 'all' },
      { do: 'fill-gaps', column: 'a', fill: { with: 'median', by: ['b'] } },
      { do: 'outliers', column: 'a', bounds: { by: 'iqr', factor: 1.5 }, then: 'drop-row', flag: 'f' },
      { do: 'split', column: 'a', at: ',', into: ['x', 'y'], keep: true },
      { do: 'distinct-rows' },
      { do: 'keep-rows', expression: 'a IS NOT NULL' },
    );
    expect(done.report.steps.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'done'));
    expect(done.rows).toEqual([]);
    expect(done.names).toEqual(['a', 'x', 'y', 'b']);
  });

  it('hands each step what the one before made, across dropped rows and new columns', async () => {
    const done = await run(
      ['id', 'city', 'amount'],
      [
        ['1', ' 上海市', '10'],
        ['1', '上海', '20'],
        ['2', '北京 ', null],
        ['2', '北京', '5'],
        ['3', null, '7'],
      ],
      { do: 'trim', columns: 'all' },
      { do: 'merge-spellings', column: 'city', groups: [{ to: '上海', from: ['上海市'] }] },
      { do: 'distinct-by', columns: ['id'], choose: { keep: 'first' } },
      { do: 'fill-gaps', column: 'amount', fill: { with: 'median', by: [] } },
      { do: 'compute', into: 'twice', expression: 'amount * 2' },
      { do: 'keep-rows', expression: 'city IS NOT NULL' },
      { do: 'compute', into: 'label', expression: "city || '-' || twice" },
    );
    expect(done.rows).toEqual([
      ['1', '上海', '10', '20', '上海-20'],
      ['2', '北京', '8.5', '17', '北京-17'],
    ]);
    expect(done.places).toEqual([0, 2]);
    expect(done.report).toMatchObject({ rowsBefore: 5, rowsAfter: 2, cellsChanged: 2 + 1 + 0 + 1 + 3 + 0 + 2 });
  });

  it('leaves a step out that names a column which is not there, and goes on', async () => {
    const done = await run(
      ['a'],
      [[' x']],
      { do: 'trim', columns: ['b'] },
      { do: 'compute', into: 'c', expression: 'a || d' },
      { do: 'split', column: 'a', at: ',', into: ['a', 'b'], keep: true },
      { do: 'trim', columns: ['a'] },
    );
    expect(done.report.steps.map(({ mistake }) => mistake)).toEqual([
      { code: 'unknown-column', name: 'b' },
      {
        code: 'expression',
        mistake: { code: 'unknown-column', place: { start: 5, end: 6 }, found: 'd' },
      },
      { code: 'taken-name', name: 'a' },
      null,
    ]);
    expect(done.rows).toEqual([['x']]);
  });
});
