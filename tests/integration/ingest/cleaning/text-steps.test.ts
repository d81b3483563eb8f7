import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { StepAction } from '../../../../src/ingest/cleaning/step';
import { clean } from './staged';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.open();
});

afterAll(() => db.close());

/** What the steps make of the cells of one column. */
async function column(cells: readonly (string | null)[], ...actions: readonly StepAction[]) {
  const { rows, report } = await clean(
    db,
    ['城市'],
    cells.map((cell) => [cell]),
    actions,
  );
  return { cells: rows.map(([cell]) => cell), report };
}

describe('trim', () => {
  it('takes blanks of every width off both ends, and what is left without text is a gap', async () => {
    const { cells, report } = await column(
      [' 上海', '北京\u3000', '\u00a0广 州\ufeff', '深圳', '   ', null, '"引号" '],
      { do: 'trim', columns: 'all' },
    );
    expect(cells).toEqual(['上海', '北京', '广 州', '深圳', null, null, '"引号"']);
    expect(report.steps[0]).toMatchObject({
      state: 'done',
      rowsBefore: 7,
      rowsAfter: 7,
      rowsChanged: 5,
      cellsChanged: 5,
      changes: [{ name: '城市', changed: 5, emptied: 1 }],
    });
  });

  it('shows the rows it changed as they were and as they are', async () => {
    const { report } = await column(['a', ' b', 'c '], { do: 'trim', columns: ['城市'] });
    expect(report.steps[0]?.sample).toEqual([
      { sourceRow: 3, dropped: false, before: [' b'], after: ['b'] },
      { sourceRow: 4, dropped: false, before: ['c '], after: ['c'] },
    ]);
  });
});

describe('half-width', () => {
  it('folds full-width letters, digits, marks and half-width katakana, and leaves ideographs alone', async () => {
    const { cells, report } = await column(
      ['ＡＢＣ１２３', '１２．５％', 'ｶﾞｿﾘﾝ', '上海', 'plain', '①', '㎏', null, 'ﬁne'],
      {
        do: 'half-width',
        columns: 'all',
      },
    );
    expect(cells).toEqual(['ABC123', '12.5%', 'ガソリン', '上海', 'plain', '1', 'kg', null, 'fine']);
    expect(report.cellsChanged).toBe(6);
  });
});

describe('collapse-blanks', () => {
  it('makes one plain blank of every run inside', async () => {
    const { cells } = await column(['a  b', 'a\u3000b', 'a \t\n b', 'ab', ' a'], {
      do: 'collapse-blanks',
      columns: 'all',
    });
    expect(cells).toEqual(['a b', 'a b', 'a b', 'ab', ' a']);
  });
});

describe('case', () => {
  it('writes letters of any script large, small, or large first', async () => {
    const words = ["o'BRIEN émile", 'ÉCOLE', '上海 sh', null];
    expect((await column(words, { do: 'case', columns: 'all', to: 'upper' })).cells).toEqual([
      "O'BRIEN ÉMILE",
      'ÉCOLE',
      '上海 SH',
      null,
    ]);
    expect((await column(words, { do: 'case', columns: 'all', to: 'lower' })).cells).toEqual([
      "o'brien émile",
      'école',
      '上海 sh',
      null,
    ]);
    expect((await column(words, { do: 'case', columns: 'all', to: 'title' })).cells).toEqual([
      "O'brien Émile",
      'École',
      '上海 Sh',
      null,
    ]);
  });
});

describe('replace', () => {
  it('replaces a text wherever it stands, quotes and percent signs included', async () => {
    const { cells } = await column(["it's 5%", '5% off', 'none', "'%'"], {
      do: 'replace',
      columns: 'all',
      find: '%',
      put: "'p",
      as: 'text',
    });
    expect(cells).toEqual(["it's 5'p", "5'p off", 'none', "''p'"]);
  });

  it('replaces by a pattern with its groups, and an emptied cell is a gap', async () => {
    const { cells } = await column(['13812345678', 'x', '00'], {
      do: 'replace',
      columns: 'all',
      find: '^(\\d{3})\\d{4}(\\d{4})$|^0+$',
      put: '\\1\\2',
      as: 'pattern',
    });
    expect(cells).toEqual(['1385678', 'x', null]);
  });

  it('leaves a step out whose pattern is none, with what the engine says', async () => {
    const { cells, report } = await column(
      ['(a'],
      { do: 'replace', columns: 'all', find: '(', put: '', as: 'pattern' },
      { do: 'case', columns: 'all', to: 'upper' },
    );
    expect(cells).toEqual(['(A']);
    expect(report.steps.map(({ state }) => state)).toEqual(['mistaken', 'done']);
    expect(report.steps[0]?.mistake).toMatchObject({ code: 'engine', words: expect.stringContaining('missing )') });
  });
});

describe('map-values', () => {
  it('maps whole cells, gaps too, and leaves the others or empties them', async () => {
    const values = [
      { from: 'M', to: '男' },
      { from: 'F', to: '女' },
      { from: '?', to: null },
      { from: null, to: '未知' },
    ];
    const cells = ['M', 'F', 'm', '?', null];
    const kept = await column(cells, { do: 'map-values', column: '城市', values, others: 'keep' });
    expect(kept.cells).toEqual(['男', '女', 'm', null, '未知']);
    const emptied = await column(cells, { do: 'map-values', column: '城市', values, others: 'empty' });
    expect(emptied.cells).toEqual(['男', '女', null, null, '未知']);
  });

  it('takes values that hold the separators it sends them with', async () => {
    const odd = 'a\u001fb';
    const { cells } = await column([odd, '\u001e\u001f', 'x'], {
      do: 'map-values',
      column: '城市',
      values: [
        { from: odd, to: 'one\u001e' },
        { from: '\u001e\u001f', to: '\u001ftwo' },
      ],
      others: 'keep',
    });
    expect(cells).toEqual(['one\u001e', '\u001ftwo', 'x']);
  });
});

describe('merge-spellings', () => {
  it('writes every spelling of a group as its target', async () => {
    const { cells, report } = await column(['上海', '上海市', 'SH', '北京', null], {
      do: 'merge-spellings',
      column: '城市',
      groups: [{ to: '上海', from: ['上海市', 'SH'] }],
    });
    expect(cells).toEqual(['上海', '上海', '上海', '北京', null]);
    expect(report.cellsChanged).toBe(2);
  });
});

describe('scale', () => {
  it('multiplies exactly, by the unit that stands behind or by the factor', async () => {
    const { cells } = await column(['1.2万', '３', '0.29', '1,234.5', '-5 万', '万', 'n/a', null, '3亿'], {
      do: 'scale',
      column: '城市',
      factor: '100',
      units: [
        { unit: '万', factor: '10000' },
        { unit: '亿', factor: '100000000' },
      ],
    });
    expect(cells).toEqual(['12000', '３', '29', '123450', '-50000', '万', 'n/a', null, '300000000']);
  });

  it('tells kg from g', async () => {
    const { cells } = await column(['1.5kg', '250 g', '3'], {
      do: 'scale',
      column: '城市',
      factor: '1',
      units: [
        { unit: 'g', factor: '0.001' },
        { unit: 'kg', factor: '1' },
      ],
    });
    expect(cells).toEqual(['1.5', '0.25', '3']);
  });
});

describe('read-number', () => {
  it('writes numbers of any form plainly, and keeps or empties what is none', async () => {
    const cells = ['1,234.50', '¥12', '(3.10)', '１２', '0.10', 'abc', null, '12'];
    const kept = await column(cells, { do: 'read-number', column: '城市', format: 'point', unreadable: 'keep' });
    expect(kept.cells).toEqual(['1234.5', '12', '-3.1', '12', '0.1', 'abc', null, '12']);
    const emptied = await column(cells, { do: 'read-number', column: '城市', format: 'point', unreadable: 'empty' });
    expect(emptied.cells[5]).toBeNull();
    expect(emptied.report.steps[0]?.changes).toEqual([{ name: '城市', changed: 6, emptied: 1 }]);
    const comma = await column(['1.234,50'], {
      do: 'read-number',
      column: '城市',
      format: 'comma',
      unreadable: 'keep',
    });
    expect(comma.cells).toEqual(['1234.5']);
  });
});

describe('read-time', () => {
  it('writes days and times of a named format in the ISO form', async () => {
    const cells = ['3/1/2024', '31/12/2023 9:05', '2024年', null];
    const { cells: read } = await column(cells, {
      do: 'read-time',
      column: '城市',
      format: 'dmy',
      zoneOffsetMinutes: 480,
      unreadable: 'empty',
    });
    expect(read).toEqual(['2024-01-03', '2023-12-31 09:05:00', null, null]);
  });

  it('takes an epoch to the wall clock of the zone', async () => {
    const { cells } = await column(['1704067200', '1704067200500'], {
      do: 'read-time',
      column: '城市',
      format: 'epochS',
      zoneOffsetMinutes: 480,
      unreadable: 'keep',
    });
    expect(cells).toEqual(['2024-01-01 08:00:00', '1704067200500']);
  });
});
