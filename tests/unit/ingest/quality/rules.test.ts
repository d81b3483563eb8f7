import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { ColumnMeaning } from '../../../../src/ingest/quality/column-meanings';
import { meaningOf } from '../../../../src/ingest/quality/column-meanings';
import type { CellType, ColumnQuality } from '../../../../src/ingest/quality/column-quality';
import { columnsOf, qualityRuleSchema } from '../../../../src/ingest/quality/rule';
import { suggestRules, type ProfiledFile } from '../../../../src/ingest/quality/suggest-rules';

function column(
  name: string,
  meaning: ColumnMeaning | null,
  type: CellType,
  change: Partial<ColumnQuality> = {},
): ColumnQuality {
  return {
    index: 0,
    name,
    meaning,
    type,
    numberFormat: 'point',
    timeFormat: 'ymd',
    rows: 100,
    gaps: 0,
    distinct: 50,
    parsedShare: 1,
    top: [],
    lengths: null,
    measure: null,
    forms: [],
    isFormSampled: false,
    shapes: [],
    odd: { cells: 0, values: [] },
    standIns: [],
    spellings: { values: 0, surplus: 0, cells: 0, groups: [] },
    blankEdged: 0,
    fullWidth: 0,
    badChecksums: 0,
    isPersonal: false,
    warnings: [],
    ...change,
  };
}

const ORDERS: ProfiledFile = {
  number: 0,
  knowsWidth: true,
  columns: [
    column('订单号', 'order', 'text'),
    column('会员号', 'customer', 'text', { isPersonal: true }),
    column('支付时间', 'time', 'time'),
    column('门店', 'store', 'text', { distinct: 12 }),
    column('单价', 'unitPrice', 'number'),
    column('数量', 'quantity', 'number'),
    column('金额', 'amount', 'number'),
    column('备注', null, 'text'),
  ],
};
const MEMBERS: ProfiledFile = {
  number: 3,
  knowsWidth: false,
  columns: [
    column('会员号', 'customer', 'text', { distinct: 100, isPersonal: true }),
    column('手机号', 'phone', 'text', { isPersonal: true }),
    column('身份证', 'idCard', 'text', { isPersonal: true }),
    column('生日', 'birthday', 'time'),
    column('年龄', 'age', 'number'),
    column('注册时间', 'registeredAt', 'time'),
  ],
};

describe('the rules that columns suggest', () => {
  test('A file of order lines is held to one customer and time an order, its money, its times, its shops.', () => {
    const kinds = suggestRules(ORDERS, [MEMBERS]).map(({ check }) => check.kind);
    expect(kinds).toEqual([
      'width',
      'agree',
      'filled',
      'product',
      'signs',
      'days',
      'night',
      'registered',
      'distinct-rows',
      'one-spelling',
    ]);
    const registered = suggestRules(ORDERS, [MEMBERS]).find(({ check }) => check.kind === 'registered');
    expect(registered?.check).toMatchObject({ members: { file: 3, customer: '会员号', time: '注册时间' } });
  });

  test('Where nearly every order stands on one row, its number is to be unique.', () => {
    const columns = [column('id', 'order', 'text', { distinct: 99 })];
    expect(suggestRules({ number: 0, knowsWidth: false, columns })[0]?.check).toEqual({
      kind: 'unique',
      columns: ['id'],
    });
  });

  test('A member list is held to its numbers, telephones, cards, ages and days.', () => {
    expect(suggestRules(MEMBERS).map(({ check }) => `${check.kind} ${columnsOf(check).join()}`)).toEqual([
      'unique 会员号',
      'filled 会员号',
      'between 年龄',
      'days 生日',
      'days 注册时间',
      'form 手机号',
      'few-owners 手机号,会员号',
      'form 身份证',
      'distinct-rows ',
    ]);
  });

  test('Every suggestion has an id of its own, the same each time, and survives a recipe.', () => {
    const rules = [...suggestRules(ORDERS, [MEMBERS]), ...suggestRules(MEMBERS)];
    const again = [...suggestRules(ORDERS, [MEMBERS]), ...suggestRules(MEMBERS)];
    expect(again).toEqual(rules);
    expect(new Set(suggestRules(ORDERS, [MEMBERS]).map(({ id }) => id)).size).toBe(
      suggestRules(ORDERS, [MEMBERS]).length,
    );
    for (const rule of rules) expect(v.parse(qualityRuleSchema, JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });
});

describe('a rule from a recipe', () => {
  const rule = (check: unknown): unknown => ({ id: 'a', isOn: true, isOwn: true, check });

  test.each([
    { kind: 'unknown' },
    { kind: 'unique', columns: [] },
    { kind: 'days', column: 'a', first: '2023-02-29', last: null },
    { kind: 'between', column: 'a', least: Number.POSITIVE_INFINITY, most: null },
    { kind: 'compare', left: 'a', comparison: 'LIKE', right: 'b' },
    { kind: 'few-owners', column: 'a', owner: 'b', most: 0.5 },
    { kind: 'expression', expression: 'x'.repeat(2001) },
    { kind: 'night', time: 't', store: 's', order: null, fromHour: 1, toHour: 25, factor: 5 },
  ])('A check that is none is refused: %j', (check) => {
    expect(v.is(qualityRuleSchema, rule(check))).toBe(false);
  });
});

describe('what a column is about', () => {
  test.each([
    ['手机号', null, 'phone'],
    ['收货人手机', null, 'phone'],
    ['E-mail', null, 'email'],
    ['身份证号', null, 'idCard'],
    ['姓名', null, 'personName'],
    ['商品名称', null, null],
    ['registered_at', null, 'registeredAt'],
    ['page_views', null, null],
    ['年龄', null, 'age'],
    ['stage', null, null],
    ['anything', 'orderId', 'order'],
    ['paid_amount', 'ignore', 'amount'],
  ] as const)('%s with the role %s is about %s.', (name, role, meaning) => {
    expect(meaningOf({ name, role })).toBe(meaning);
  });
});
