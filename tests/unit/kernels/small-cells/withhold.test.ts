import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  SHOWN,
  SMALL,
  withholdSmallCells,
  type CountTable,
  type WithheldCells,
} from '../../../../src/kernels/small-cells/withhold';
import { attack, solvedCells } from './attacker';

const HIDDEN = { rowTotals: 'hidden', columnTotals: 'hidden' } as const;

function list(...counts: readonly number[]): CountTable {
  return { rows: counts.length, columns: 1, counts, ...HIDDEN, grandTotal: 'known' };
}

function grid(rows: readonly (readonly number[])[], use: 'shown' | 'known'): CountTable {
  const columns = rows[0]?.length ?? 0;
  return { rows: rows.length, columns, counts: rows.flat(), rowTotals: use, columnTotals: use, grandTotal: use };
}

const marksOf = (withheld: WithheldCells): string => [...withheld.cells].map((mark) => '·s+'[mark]).join('');

describe('withholding in a list whose total is known', () => {
  test.each([
    ['nothing is small', [5, 8, 0, 100], '····'],
    ['the only small cell takes the smallest other one along', [3, 1000, 40, 7], 's··+'],
    ['two small cells that leave each other room need no third', [4, 4, 900, 0], 'ss··'],
    ['two small cells of one customer each need a third, for their sum tells them', [1, 1, 900, 50], 'ss·+'],
    ['nobody is not somebody: a zero stays', [0, 2, 0, 60], '·s·+'],
    ['a lone group below k is withheld', [3], 's'],
    ['as many ones as customers: all are withheld, the zero as well', [1, 1, 1, 1, 1, 0], 'sssss+'],
  ] as const)('%s', (_, counts, marks) => {
    expect(marksOf(withholdSmallCells(list(...counts), 5))).toBe(marks);
  });

  test('k decides what is small, and 1 withholds nothing', () => {
    expect(marksOf(withholdSmallCells(list(3, 9, 11), 1))).toBe('···');
    expect(marksOf(withholdSmallCells(list(3, 9, 11), 4))).toBe('s+·');
    expect(marksOf(withholdSmallCells(list(3, 9, 11), 10))).toBe('ss·');
  });

  test('a list that cannot be protected says so', () => {
    expect(withholdSmallCells(list(1, 1, 1, 1, 1), 5).protectable).toBe(false);
    expect(withholdSmallCells(list(1, 1, 1, 1, 9), 5).protectable).toBe(true);
  });
});

describe('withholding in a table with totals', () => {
  test('one small cell takes three others along, so that no row or column gives it back', () => {
    const table = grid(
      [
        [2, 50, 60],
        [70, 20, 80],
        [90, 95, 99],
      ],
      'known',
    );
    const withheld = withholdSmallCells(table, 5);
    expect(marksOf(withheld)).toBe('s+·++····');
    expect(withheld).toMatchObject({ small: 1, complementary: 3, protectable: true });
  });

  test('a row with nobody else in it gives up its total where the total is shown', () => {
    const table = grid(
      [
        [3, 0],
        [40, 50],
      ],
      'shown',
    );
    const withheld = withholdSmallCells(table, 5);
    expect(withheld.cells[0]).toBe(SMALL);
    expect(withheld.rowTotals[0]).toBe(SMALL);
    expect(withheld.rowTotals[1]).not.toBe(SHOWN);
  });

  test('the same table gives the same answer', () => {
    const table = grid(
      [
        [2, 5, 6, 1],
        [7, 2, 8, 3],
        [9, 9, 9, 30],
      ],
      'known',
    );
    expect(withholdSmallCells(table, 5)).toEqual(withholdSmallCells(table, 5));
  });
});

describe('an attacker who solves the equations', () => {
  const small = fc.integer({ min: 0, max: 9 });

  test('cannot tell a small cell of a list', () => {
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 5 }), fc.integer({ min: 2, max: 5 }), (counts, k) => {
        expectNothingGivenAway(list(...counts), k);
      }),
      { numRuns: 400 },
    );
  });

  test.each(['known', 'shown'] as const)('cannot tell a small cell of a table with totals %s', (use) => {
    const count = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.integer({ min: 0, max: 9 }));
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 2, max: 3 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 5 }), (rows, k) => expectNothingGivenAway(grid(rows, use), k)),
      { numRuns: 60 },
    );
  });

  test.each(['known', 'shown'] as const)('cannot solve for any withheld number of a larger table, totals %s', (use) => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 400 }));
    const tables = fc
      .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 7 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(tables, (rows) => {
        const table = grid(rows, use);
        const withheld = withholdSmallCells(table, 5);
        fc.pre(withheld.protectable);
        expect(solvedCells(table, withheld)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('would have found the cells, had only the small ones been withheld', () => {
    const cells = Uint8Array.from([SMALL, SHOWN, SHOWN]);
    const naive: WithheldCells = {
      cells,
      rowTotals: new Uint8Array(3),
      columnTotals: new Uint8Array(1),
      grandTotal: SHOWN,
      small: 1,
      complementary: 0,
      protectable: true,
    };
    expect(attack(list(3, 40, 50), naive, 5).cells[0]).toEqual({ least: 3, most: 3 });
  });
});

/** Every table that fits what is published is looked at; between them the small cells must be as free as promised. */
function expectNothingGivenAway(table: CountTable, k: number): void {
  const withheld = withholdSmallCells(table, k);
  const { cells } = attack(table, withheld, k);
  for (let i = 0; i < table.counts.length; i++) {
    const value = table.counts[i] ?? 0;
    const seen = `${JSON.stringify(table)} k=${k} cell ${i} ${marksOf(withheld)}`;
    if (value > 0 && value < k) expect(withheld.cells[i], seen).not.toBe(SHOWN);
    if (withheld.cells[i] === SHOWN || !withheld.protectable) continue;
    const found = cells[i];
    if (found === undefined) throw new Error('no table fits, not even the true one');
    expect(found.most, seen).toBeGreaterThan(found.least);
    if (value >= k) continue;
    expect(found.least, seen).toBe(1);
    expect(found.most, seen).toBeGreaterThanOrEqual(k);
  }
}

test.each([
  [[1.5, 2], 5, 'invalid count'],
  [[-1, 2], 5, 'invalid count'],
  [[Number.NaN], 5, 'invalid count'],
  [[1, 2], 0, 'invalid k'],
  [[1, 2], 2.5, 'invalid k'],
])('%j with k = %s is refused', (counts, k, message) => {
  expect(() => withholdSmallCells(list(...counts), k)).toThrow(message);
});

test('counts of another size than the table are refused', () => {
  expect(() => withholdSmallCells({ ...list(1, 2), rows: 3 }, 5)).toThrow(RangeError);
});
