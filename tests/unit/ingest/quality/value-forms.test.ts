import { describe, expect, test } from 'vitest';
import { formOf, formsOf, shapeOf } from '../../../../src/ingest/quality/value-forms';
import { shownValue } from '../../../../src/ingest/quality/shown-value';

describe('the form of a value', () => {
  test.each([
    ['13812345678', 'mobile'],
    ['021-62345678', 'phone'],
    ['a.b@example.com', 'email'],
    ['11010519491231002X', 'id-card'],
    ['4111111111111111', 'bank-card'],
    ['https://example.com/a?b=1', 'url'],
    ['2024-01-03 08:05', 'date'],
    ['3/1/2024', 'date'],
    ['1234567', 'digits'],
    ['-1,234.50', 'number'],
    ['45%', 'number'],
    ['女装', 'word'],
    ['SKU_12', 'word'],
    ['two words here!', 'mixed'],
  ] as const)('%s looks like %s.', (value, form) => {
    expect(formOf(value)).toBe(form);
  });

  test('A shape has a 9 for each digit, letters by case, 文 for each Chinese character, and the marks as they are.', () => {
    expect(shapeOf('沪A-12345b')).toBe('文A-99999a');
    expect(shapeOf('𠮷野家')).toBe('文文文');
    expect(shapeOf('x'.repeat(33))).toBe('');
  });

  test('Numbers that have a card’s check digit by chance are digits; where most have it they are cards.', () => {
    // 4111111111111111 passes Luhn, the other numbers do not.
    const orders = ['4111111111111111', '4111111111111112', '4111111111111113', '4111111111111114'];
    expect(formsOf(orders.map((value) => ({ value, cells: 1 }))).forms).toEqual([
      { form: 'digits', cells: 4, share: 1 },
    ]);
    const cards = ['4111111111111111', '5500005555555559'].map((value) => ({ value, cells: 3 }));
    expect(formsOf(cards).forms).toEqual([{ form: 'bank-card', cells: 6, share: 1 }]);
  });

  test('Shares are of the cells, not of the values, and sum to one.', () => {
    const { forms, shapes } = formsOf([
      { value: 'A1', cells: 6 },
      { value: 'B2', cells: 1 },
      { value: '17', cells: 3 },
    ]);
    expect(forms).toEqual([
      { form: 'word', cells: 7, share: 0.7 },
      { form: 'digits', cells: 3, share: 0.3 },
    ]);
    expect(shapes).toEqual([
      { shape: 'A9', cells: 7 },
      { shape: '99', cells: 3 },
    ]);
  });
});

describe('a value as it is shown', () => {
  test('Cells of personal columns are masked, personal data within words too, other cells not at all.', () => {
    const phone = { meaning: 'phone', type: 'text', isPersonal: true } as const;
    expect(shownValue('13812345678', phone)).toBe('138****5678');
    const note = { meaning: null, type: 'text', isPersonal: false } as const;
    expect(shownValue('请回电 13812345678，谢谢', note)).toBe('请回电 138****5678，谢谢');
    expect(shownValue('上海', note)).toBe('上海');
    expect(shownValue('1982-08-09', { meaning: 'birthday', type: 'time', isPersonal: true })).toBe('1982-**-**');
    // 18 digits of an order, whatever they pass for.
    expect(shownValue('4111111111111111', { meaning: 'order', type: 'text', isPersonal: false })).toBe(
      '4111111111111111',
    );
  });
});
