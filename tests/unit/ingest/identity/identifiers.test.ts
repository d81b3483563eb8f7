import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseIdentifier } from '../../../../src/ingest/identity/identifiers';
import { PERSON_ROLES, type PersonRole } from '../../../../src/ingest/kinds/kinds';
import { idCardCheckSign, normalIdCard } from '../../../../src/ingest/identity/personal-facts';

const OPTIONS = { foldGmail: false };

function normal(kind: PersonRole, value: string, foldGmail = false): string {
  const { normal: text, unusable } = normaliseIdentifier(kind, value, { foldGmail });
  return unusable ?? text;
}

describe('normaliseIdentifier', () => {
  it.each([
    ['15412345678', '15412345678'],
    [' 154 1234 5678 ', '15412345678'],
    ['+86 154-1234-5678', '15412345678'],
    ['0086 15412345678', '15412345678'],
    ['86-15412345678', '15412345678'],
    ['１５４１２３４５６７８', '15412345678'],
    ['（021）5555–1234', '02155551234'],
    ['+44 20 7946 0958', '442079460958'],
    ['15412345678 home', 'malformed'],
    ['12345', 'malformed'],
  ])('brings the telephone %j to one form', (written, expected) => {
    expect(normal('phone', written)).toBe(expected);
  });

  it.each([
    ['Ann.Lee@Shop.EXAMPLE', 'ann.lee@shop.example'],
    ['ａｎｎ＠shop.example', 'ann@shop.example'],
    ['ann@shop', 'malformed'],
    ['ann at shop.example', 'malformed'],
    ['a@b@c.example', 'malformed'],
    ['An.n+x@gmail.com', 'an.n+x@gmail.com'],
  ])('brings the address %j to one form', (written, expected) => {
    expect(normal('email', written)).toBe(expected);
  });

  it('folds what Gmail does not heed only when told to', () => {
    expect(normal('email', 'An.n+x@googlemail.com', true)).toBe('ann@gmail.com');
    expect(normal('email', 'an.n+x@shop.example', true)).toBe('an.n+x@shop.example');
  });

  it.each([
    ['member', ' ００123 ', '00123'],
    ['openid', 'oAbC_1', 'oAbC_1'],
    ['device', 'A1 b2', 'A1 b2'],
    ['name', '王 小明', '王小明'],
    ['name', '  Wang   Xiaoming ', 'wang xiaoming'],
    ['name', 'ＡＢ 李', 'ab 李'],
    ['name', '12345', 'malformed'],
  ] as const)('brings the %s %j to one form', (kind, written, expected) => {
    expect(normal(kind, written)).toBe(expected);
  });

  it.each([
    ['1990-01-02', '1990-01-02'],
    ['1990/1/2', '1990-01-02'],
    ['1990年1月2日', '1990-01-02'],
    ['19900102', '1990-01-02'],
    ['1990-01-02 00:00:00', '1990-01-02'],
    ['1990-02-30', 'malformed'],
    ['02/01/1990', 'malformed'],
  ])('reads the birthday %j', (written, expected) => {
    expect(normal('birthday', written)).toBe(expected);
  });

  it('reads identity cards: the standard’s example, a small x, an old number; not a wrong check sign', () => {
    // GB 11643-1999, annex: the check sign of 11010519491231002 is X.
    expect(idCardCheckSign('11010519491231002')).toBe('X');
    expect(normal('id-card', '11010519491231002x')).toBe('11010519491231002X');
    expect(normal('id-card', '110105491231002')).toBe('11010519491231002X');
    expect(normal('id-card', '110105194912310021')).toBe('malformed');
    expect(normalIdCard('11010519491331002X')).toBeNull();
  });

  it.each([
    ['phone', '13800000000'],
    ['phone', '00000000'],
    ['phone', '11111111111'],
    ['phone', '13800138000'],
    ['phone', '+86 138 0000 0000'],
    ['phone', '无'],
    ['email', 'test@shop.example'],
    ['email', 'TEST01@shop.example'],
    ['email', 'null'],
    ['member', 'NULL'],
    ['member', '－'],
    ['openid', 'undefined'],
    ['device', '00000000-0000-0000-0000-000000000000'],
    ['name', '先生'],
    ['name', '匿名'],
    ['birthday', '1900/1/1'],
  ] as const)('knows that the %s %j says nothing', (kind, value) => {
    expect(normal(kind, value)).toBe('placeholder');
  });

  it('does not take a real value for a placeholder', () => {
    expect(normal('phone', '14200000001')).toBe('14200000001');
    expect(normal('email', 'wang.fang12@example.com')).toBe('wang.fang12@example.com');
    expect(normal('name', 'Lin Testa')).toBe('lin testa');
    expect(normal('birthday', '1970-01-02')).toBe('1970-01-02');
  });

  it('leaves a normal value as it is, so that it can be applied twice', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789１２３+- ()xX@.王李aB年月日/')), maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PERSON_ROLES), anyText, (kind, text) => {
        const once = normaliseIdentifier(kind, text, OPTIONS);
        fc.pre(once.unusable === null);
        expect(normaliseIdentifier(kind, once.normal, OPTIONS)).toEqual(once);
      }),
      { numRuns: 2000 },
    );
  });
});
