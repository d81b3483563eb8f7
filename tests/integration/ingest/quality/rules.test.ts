import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { isResidentNumber, residentCheck } from '../../../../src/core/check-digits';
import { personalKindOf } from '../../../../src/core/personal-kinds';
import { sql } from '../../../../src/core/sql';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { QualityTable } from '../../../../src/ingest/quality/column-quality';
import { hasForm } from '../../../../src/ingest/quality/personal-checks.sql';
import type { QualityRule, RuleCheck } from '../../../../src/ingest/quality/rule';
import { clearFailures, countTouched, readFailing, runRule } from '../../../../src/ingest/quality/run-rules';
import { tableOf, type Described } from './quality-table';

const db = createNodeDb();
beforeAll(() => db.open());
afterAll(() => db.close());

const NUMBER: Described = { type: 'number', numberFormat: 'point' };
const TIME: Described = { type: 'time', timeFormat: 'ymd' };

type Cells = readonly (readonly (string | null)[])[];

const own = (check: RuleCheck): QualityRule => ({ id: 'r', isOn: true, isOwn: true, check });

async function run(table: QualityTable, rule: QualityRule, members: QualityTable | null = null) {
  await clearFailures(db, 1);
  const context = { table, asOf: '2024-06-01', tableOf: (file: number) => (file === 2 ? members : null) };
  const outcome = await runRule(db, rule, context, 1, 0);
  const rows = await readFailing(db, 1, 0, table, 0, 100);
  return { outcome, lines: rows.map(({ line }) => line), rows };
}

/** The lines that break the check, the first row being line 2, and how many rows it speaks of. */
async function broken(columns: Readonly<Record<string, Described>>, cells: Cells, check: RuleCheck) {
  const { outcome, lines } = await run(await tableOf(db, 1, columns, cells), own(check));
  return { lines, checked: outcome.state === 'unfit' ? null : outcome.checked };
}

describe('a rule of a file', () => {
  test('unique: both rows of a pair break it; blanks around do not make an id another one; gaps are not asked.', async () => {
    const cells = [['A1'], ['A2'], [' A1'], [null], ['a1'], [null]];
    const found = await broken({ id: {} }, cells, { kind: 'unique', columns: ['id'] });
    expect(found).toEqual({ lines: [2, 4], checked: 4 });
  });

  test('unique over two columns: only the pair counts.', async () => {
    const cells = [
      ['A', '1'],
      ['A', '2'],
      ['B', '1'],
      ['A', '1'],
    ];
    const found = await broken({ a: {}, b: {} }, cells, { kind: 'unique', columns: ['a', 'b'] });
    expect(found.lines).toEqual([2, 5]);
  });

  test('agree: an order of two customers or two times breaks it in all its rows, but a refund is not asked.', async () => {
    const cells = [
      ['1', 'A', '2024-01-03', '5'],
      ['1', 'A', '2024-01-03', '6'],
      ['1', 'A', '2024-02-09', '-6'],
      ['2', 'A', '2024-01-03', '5'],
      ['2', 'B', '2024-01-03', '5'],
      ['3', 'C', '2024-01-03', '5'],
      ['3', 'C', '2024-01-04', '5'],
      [null, 'D', '2024-01-04', '5'],
    ];
    const columns = { order: {}, customer: {}, time: TIME, paid: NUMBER };
    const check: RuleCheck = { kind: 'agree', id: 'order', others: ['customer', 'time'], amount: 'paid' };
    expect(await broken(columns, cells, check)).toEqual({ lines: [5, 6, 7, 8], checked: 6 });
  });

  test('product: equal to the cent holds, a cent more does not; rows with a cell that is no number are not asked.', async () => {
    const cells = [
      ['0.1', '3', '0.3'],
      ['19.99', '3', '59.98'],
      ['19.99', '3', '59.99'],
      ['10', '2', '20.02'],
      ['10', 'two', '20'],
      ['¥1,000.00', '2', '2000'],
    ];
    const check: RuleCheck = { kind: 'product', price: 'p', quantity: 'q', amount: 'a', tolerance: 0.01 };
    // 19.99 * 3 = 59.97: 0.01 away holds, 0.02 away does not.
    expect(await broken({ p: NUMBER, q: NUMBER, a: NUMBER }, cells, check)).toEqual({ lines: [4, 5], checked: 5 });
  });

  test('days: the as-of day itself is no future, its last second included; the first day is included.', async () => {
    const cells = [
      ['2024-06-01 23:59:59'],
      ['2024-06-02 00:00:00'],
      ['2020-01-01'],
      ['2019-12-31 23:59'],
      ['soon'],
      [null],
    ];
    const check: RuleCheck = { kind: 'days', column: 't', first: '2020-01-01', last: 'as-of' };
    expect(await broken({ t: TIME }, cells, check)).toEqual({ lines: [3, 5], checked: 4 });
  });

  test('registered: orders on the day of registration hold, the day before they do not; strangers are not asked.', async () => {
    const table = await tableOf(db, 1, { time: TIME, customer: {} }, [
      ['2024-01-03 08:00:00', 'A'],
      ['2024-01-02 23:00:00', 'A'],
      ['2024-01-01', 'B'],
      ['2024-01-01', 'stranger'],
      ['2024-01-01', null],
    ]);
    const members = await tableOf(db, 2, { no: {}, since: TIME }, [
      ['A', '2024-01-03 20:00:00'],
      ['B', null],
    ]);
    const check: RuleCheck = {
      kind: 'registered',
      time: 'time',
      customer: 'customer',
      members: { file: 2, customer: 'no', time: 'since' },
    };
    const { outcome, lines } = await run(table, own(check), members);
    expect(outcome).toEqual({ state: 'fails', checked: 2, failing: 1 });
    expect(lines).toEqual([3]);
    expect((await run(table, own(check))).outcome).toEqual({ state: 'unfit', reason: 'no-file', what: '2' });
  });

  test('night: the one shop that sells at three in the morning is found by orders, not by lines; online is not asked.', async () => {
    const order = (n: number, store: string, hour: string): string[] => [
      `${store}${n}`,
      store,
      `2024-01-03 ${hour}:10:00`,
    ];
    const cells = [
      ...Array.from({ length: 5 }, (_, i) => order(i, 'Night', '03')),
      ...Array.from({ length: 5 }, (_, i) => order(i + 5, 'Night', '14')),
      ...Array.from({ length: 20 }, (_, i) => order(i, 'Day', '15')),
      ...Array.from({ length: 6 }, () => order(99, 'Late once', '02')),
      ...Array.from({ length: 9 }, (_, i) => order(i, 'Late once', '18')),
      ...Array.from({ length: 9 }, (_, i) => order(i, 'Online shop', '03')),
    ];
    const check: RuleCheck = { kind: 'night', time: 't', store: 's', order: 'o', fromHour: 1, toHour: 5, factor: 5 };
    const found = await broken({ o: {}, s: {}, t: TIME }, cells, check);
    // Half of the orders of Night, against 1 of 30 of the others.
    expect(found).toEqual({ lines: [2, 3, 4, 5, 6], checked: 45 });
  });

  test('signs: a negative quantity beside a positive amount.', async () => {
    const cells = [
      ['-1', '5'],
      ['-1', '-5'],
      ['1', '5'],
      ['-1', '0'],
      ['-1', null],
    ];
    const check: RuleCheck = { kind: 'signs', quantity: 'q', amount: 'a' };
    expect(await broken({ q: NUMBER, a: NUMBER }, cells, check)).toEqual({ lines: [2], checked: 4 });
  });

  test('filled: gaps and words for nothing break it, a zero does not.', async () => {
    const cells = [['x'], [null], ['NULL'], [' 未知 '], ['0'], ['-']];
    expect(await broken({ c: {} }, cells, { kind: 'filled', column: 'c' })).toEqual({
      lines: [3, 4, 5, 7],
      checked: 6,
    });
  });

  test('distinct-rows: a row that comes again breaks it, the first one not; NULL and an empty neighbour are not alike.', async () => {
    const cells = [
      ['a', null],
      ['a', null],
      [null, 'a'],
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ];
    expect(await broken({ x: {}, y: {} }, cells, { kind: 'distinct-rows' })).toEqual({ lines: [3, 6, 7], checked: 6 });
  });

  test('between: bounds included, per cents as written, one side open.', async () => {
    const cells = [['0'], ['100%'], ['100.5'], ['-1'], ['many']];
    expect(await broken({ n: NUMBER }, cells, { kind: 'between', column: 'n', least: 0, most: 100 })).toEqual({
      lines: [4, 5],
      checked: 4,
    });
    expect((await broken({ n: NUMBER }, cells, { kind: 'between', column: 'n', least: null, most: 99 })).lines).toEqual(
      [3, 4],
    );
  });

  test('few-owners: a telephone of more customers than allowed, whatever marks are between its digits.', async () => {
    const cells = [
      ['138 1234 5678', 'A'],
      ['138-1234-5678', 'B'],
      ['13812345678', 'C'],
      ['13900000000', 'D'],
      ['13900000000', 'D'],
      [null, 'E'],
    ];
    const check: RuleCheck = { kind: 'few-owners', column: 'phone', owner: 'customer', most: 2 };
    expect(await broken({ phone: {}, customer: {} }, cells, check)).toEqual({ lines: [2, 3, 4], checked: 5 });
  });

  test('one-spelling: rows that are not spelt as most are.', async () => {
    const cells = [['App'], ['ＡＰＰ'], ['App'], ['web'], ['app '], [null]];
    expect(await broken({ c: {} }, cells, { kind: 'one-spelling', column: 'c' })).toEqual({
      lines: [3, 6],
      checked: 5,
    });
  });

  test('in-list, pattern and comparisons with quotes and Chinese in names and values.', async () => {
    const columns = { "it's": {}, '金额 "net"': NUMBER, 总额: NUMBER };
    const cells = [
      ["O'Brien", '5', '7'],
      ['王', '10', '9'],
      [' 王 ', '10', '10'],
      [null, 'x', '9'],
    ];
    expect(await broken(columns, cells, { kind: 'in-list', column: "it's", values: ['王', "'; --"] })).toEqual({
      lines: [2],
      checked: 3,
    });
    expect(await broken(columns, cells, { kind: 'pattern', column: "it's", pattern: '\\p{Han}+' })).toEqual({
      lines: [2],
      checked: 3,
    });
    // As numbers 10 > 9; as texts it would be the other way round.
    const compared: RuleCheck = { kind: 'compare', left: '金额 "net"', comparison: '<=', right: '总额' };
    expect(await broken(columns, cells, compared)).toEqual({ lines: [3], checked: 3 });
  });

  test('expression: what is not true breaks it, what is open is not asked; hostile text is no rule.', async () => {
    const cells = [['17'], ['18'], [null]];
    expect(await broken({ age: NUMBER }, cells, { kind: 'expression', expression: '"age" >= 18' })).toEqual({
      lines: [2],
      checked: 2,
    });
    const table = await tableOf(db, 1, { age: NUMBER }, cells);
    for (const expression of [
      '1; DROP TABLE source_1',
      '(SELECT 1) = 1',
      "getvariable('x') = 1",
      '"age" || 1',
      'nobody = 1',
    ]) {
      const { outcome } = await run(table, own({ kind: 'expression', expression }));
      expect([expression, outcome.state]).toEqual([expression, 'unfit']);
    }
  });

  test('width: rows of another width, those left out of the table among them, with no cells to show.', async () => {
    const table = { ...(await tableOf(db, 1, { a: {} }, [['x'], ['y'], ['z']])), ragged: 'ragged_1' };
    await db.exec(
      sql`CREATE OR REPLACE TABLE ragged_1 AS SELECT * FROM (VALUES (3, 2), (9, 0)) AS r(source_row, cells)`,
    );
    const { outcome, rows } = await run(table, own({ kind: 'width' }));
    expect(outcome).toEqual({ state: 'fails', checked: 4, failing: 2 });
    expect(rows).toEqual([
      { line: 3, cells: ['y'] },
      { line: 9, cells: [null] },
    ]);
  });

  test('A column that is not there and a pattern that is none make a rule unfit, not an error.', async () => {
    const table = await tableOf(db, 1, { a: {} }, [['x']]);
    expect((await run(table, own({ kind: 'filled', column: 'b' }))).outcome).toEqual({
      state: 'unfit',
      reason: 'no-column',
      what: 'b',
    });
    expect((await run(table, own({ kind: 'pattern', column: 'a', pattern: '(' }))).outcome).toMatchObject({
      state: 'unfit',
      reason: 'refused',
    });
  });

  test('A suggested rule that most rows break is doubtful; one that a person made just fails.', async () => {
    const table = await tableOf(db, 1, { a: {} }, [['x'], ['x'], ['y']]);
    const rule = own({ kind: 'unique', columns: ['a'] });
    expect((await run(table, rule)).outcome.state).toBe('fails');
    expect((await run(table, { ...rule, isOwn: false })).outcome.state).toBe('doubtful');
  });

  test('An empty table breaks no rule.', async () => {
    const found = await broken({ a: {} }, [], { kind: 'unique', columns: ['a'] });
    expect(found).toEqual({ lines: [], checked: 0 });
  });

  test('Rows are counted once however many rules they break, and paged in the order of the file.', async () => {
    const table = await tableOf(db, 1, { a: {}, b: {} }, [
      [null, null],
      ['x', null],
      ['x', 'y'],
      [null, 'y'],
    ]);
    await clearFailures(db, 1);
    const context = { table, asOf: '2024-06-01', tableOf: () => null };
    await runRule(db, own({ kind: 'filled', column: 'a' }), context, 1, 0);
    await runRule(db, own({ kind: 'filled', column: 'b' }), context, 1, 1);
    expect(await countTouched(db, 1, [0, 1])).toBe(3);
    expect(await countTouched(db, 1, [1])).toBe(2);
    expect(await countTouched(db, 1, [])).toBe(0);
    expect((await readFailing(db, 1, 0, table, 1, 5)).map(({ line }) => line)).toEqual([5]);
  });
});

describe('the forms that rules know', () => {
  async function holds(values: readonly string[], form: 'phone' | 'email' | 'resident-number'): Promise<boolean[]> {
    const found: boolean[] = [];
    for (const value of values) {
      const rows = await db.query(sql`SELECT ${hasForm(sql`value`, form)} AS fits FROM (SELECT ${value} AS value)`, {
        fits: 'boolean',
      });
      found.push(rows[0]?.fits === true);
    }
    return found;
  }

  test('A resident number is right in the engine exactly when it is in TypeScript.', async () => {
    const digits = fc
      .tuple(
        fc.constantFrom('110105', '440524', '990101', '110000'),
        fc.integer({ min: 1890, max: 2030 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([region, year, month, day, order]) => {
        const two = (number: number): string => String(number).padStart(2, '0');
        return `${region}${year}${two(month)}${two(day)}${String(order).padStart(3, '0')}`;
      });
    const number = fc.oneof(
      digits.map((head) => head + residentCheck(head)),
      digits.map((head) => head + residentCheck(head).toLowerCase()),
      fc.tuple(digits, fc.constantFrom(...'0 1 2 3 4 5 6 7 8 9 X'.split(' '))).map(([head, check]) => head + check),
      digits.map((head) => head.slice(0, 6) + head.slice(8, 17)),
      fc.constantFrom('11010519491231002X', '110105491231002', '', 'abc', '１１０１０５194912310021'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 8 }), async (numbers) => {
        expect(await holds(numbers, 'resident-number')).toEqual(numbers.map(isResidentNumber));
      }),
      { numRuns: 25 },
    );
  });

  test('Telephones and addresses that core/personal-kinds.ts knows are right, and those too short or too long are not.', async () => {
    const phones = [
      '13812345678',
      '+86 138 1234 5678',
      '021-62345678',
      '0755-1234567',
      '(021) 62345678',
      '400-820-8820',
      '+1 415 555 2671',
    ];
    expect(await holds(phones, 'phone')).toEqual(phones.map(() => true));
    expect(phones.slice(0, 3).map(personalKindOf)).toEqual(['mobile', 'mobile', 'phone']);
    const wrong = ['1381234567', '138123456789', '12812345678', '123', 'abc', '88888888888888'];
    expect(await holds(wrong, 'phone')).toEqual(wrong.map(() => false));
    const mails = ['a@example.com', '王@例子.中国', 'a@b', 'a b@example.com', '@example.com', 'a@@example.com'];
    expect(await holds(mails, 'email')).toEqual(mails.map((mail) => personalKindOf(mail) === 'email'));
  });
});
