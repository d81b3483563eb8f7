import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasLuhnCheck,
  isBankCard,
  isHongKongId,
  isResidentNumber,
  isTaiwanId,
  residentCheck,
} from '../../../src/core/check-digits';

describe('numbers with a check digit', () => {
  // ISO/IEC 7812-1's example, and the numbers that card schemes publish for tests.
  test.each(['79927398713', '4111111111111111', '378282246310005', '6011111111111117'])('%s passes Luhn', (digits) => {
    expect(hasLuhnCheck(digits)).toBe(true);
  });

  test('any one digit changed fails Luhn, and so do two neighbours swapped, but for 09 and 90', () => {
    fc.assert(
      fc.property(fc.nat(18), fc.integer({ min: 1, max: 9 }), (place, change) => {
        const digits = '4111111111111111111'.slice(0, 16);
        const at = place % digits.length;
        const changed = (Number(digits[at]) + change) % 10;
        expect(hasLuhnCheck(digits.slice(0, at) + String(changed) + digits.slice(at + 1))).toBe(false);
      }),
    );
    expect(hasLuhnCheck('79927389713')).toBe(false);
  });

  test.each([
    ['4111 1111 1111 1111', true],
    ['4111-1111-1111-1111', true],
    ['6200000000000005', true],
    ['4111111111111112', false],
    ['79927398713', false],
    ['0000000000000000', false],
    ['card', false],
  ])('%s as a bank card: %s', (text, isCard) => {
    expect(isBankCard(text)).toBe(isCard);
  });

  // The first two stand as examples in GB 11643-1999.
  test.each([
    ['11010519491231002X', true],
    ['440524188001010014', true],
    ['11010519491231002x', true],
    ['110105194912310021', false],
    ['11010519490231002X', false],
    ['99010519491231002X', false],
    ['110105491231002', true],
    ['110105491331002', false],
    ['', false],
  ])('%s as a resident number: %s', (text, isOne) => {
    expect(isResidentNumber(text)).toBe(isOne);
  });

  test('a resident number with any one digit changed is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.nat(16),
        fc.integer({ min: 1, max: 9 }),
        (order, place, change) => {
          const body = `31011519880808${String(order).padStart(3, '0')}`;
          const number = body + residentCheck(body);
          expect(isResidentNumber(number)).toBe(true);
          const changed = (Number(number[place]) + change) % 10;
          expect(isResidentNumber(number.slice(0, place) + String(changed) + number.slice(place + 1))).toBe(false);
        },
      ),
    );
  });

  test.each([
    ['A123456(3)', true],
    ['A1234563', true],
    ['G123456(A)', true],
    ['AB987654(3)', true],
    ['A123456(4)', false],
    ['123456(3)', false],
  ])('%s as a Hong Kong identity card: %s', (text, isOne) => {
    expect(isHongKongId(text)).toBe(isOne);
  });

  test.each([
    ['A123456789', true],
    ['F131104093', true],
    ['A123456788', false],
    ['a123456789', true],
    ['1234567890', false],
  ])('%s as a Taiwanese identity card: %s', (text, isOne) => {
    expect(isTaiwanId(text)).toBe(isOne);
  });
});
