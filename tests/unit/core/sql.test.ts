import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ident, join, literal, printSql, sql, type SqlValue } from '../../../src/core/sql';

describe('sql', () => {
  it('binds a value and never splices its text', () => {
    const statement = sql`SELECT * FROM t WHERE a = ${"x'; DROP TABLE t; --"} AND b = ${3}`;
    expect(statement.values).toEqual(["x'; DROP TABLE t; --", 3]);
    expect(statement.render(() => '?')).toBe('SELECT * FROM t WHERE a = ? AND b = ?');
  });

  it('splices a fragment with its own values, in order', () => {
    const filter = sql`b > ${1} AND c < ${2}`;
    const statement = sql`SELECT ${'first'} FROM t WHERE ${filter} AND d = ${'last'}`;
    expect(statement.render((i) => `$${i}`)).toBe('SELECT $0 FROM t WHERE b > $1 AND c < $2 AND d = $3');
    expect(statement.values).toEqual(['first', 1, 2, 'last']);
  });

  it('joins fragments and gives nothing for none', () => {
    expect(printSql(join([sql`a = ${1}`, sql`b = ${2}`], sql` AND `))).toBe('a = 1 AND b = 2');
    expect(printSql(join([]))).toBe('');
  });

  it('doubles the quotes of a name and refuses an empty one', () => {
    expect(printSql(ident('a"b'))).toBe('"a""b"');
    expect(() => ident('')).toThrow(RangeError);
    expect(() => ident('a\0b')).toThrow(RangeError);
  });

  it('keeps as many places as values however fragments are nested', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (before, after) => {
        const list = (values: readonly SqlValue[]) => join(values.map((v) => sql`${v}`));
        const statement = sql`(${list(before)}) OR (${list(after)})`;
        expect(statement.values).toEqual([...before, ...after]);
        expect(statement.parts.length).toBe(statement.values.length + 1);
      }),
    );
  });
});

describe('literal', () => {
  it('writes every kind of value as DuckDB reads it', () => {
    expect([null, true, false, 1.5, -0, "it's"].map(literal)).toEqual(['NULL', 'TRUE', 'FALSE', '1.5', '0', "'it''s'"]);
  });

  it('refuses a number that SQL cannot hold', () => {
    expect(() => literal(Number.NaN)).toThrow(RangeError);
    expect(() => literal(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});
