import { describe, expect, test } from 'vitest';
import { mask, personalKindOf } from '../../../src/core/masking';

describe('mask', () => {
  test.each([
    ['王小明', '王**', 'chinese-name'],
    ['李雷', '李*', 'chinese-name'],
    ['欧阳娜娜', '欧***', 'chinese-name'],
    ['阿依古丽·买买提', '阿****', 'chinese-name'],
    ['John Smith', 'J*** S***', 'latin-name'],
    ["Zoë  O'Brien-Núñez", 'Z*** O***', 'latin-name'],
    ['13812345678', '138****5678', 'mobile'],
    ['+86 138-1234-5678', '+86 138****5678', 'mobile'],
    ['8613812345678', '86138****5678', 'mobile'],
    ['010-12345678', '01****78', 'phone'],
    ['+49 30 901820', '+49****20', 'phone'],
    ['555-867-5309', '55****09', 'phone'],
    ['anna.b@example.com', 'a***@example.com', 'email'],
    ['a@d.com', 'a***@d.com', 'email'],
    ['小明@例子.cn', '小***@例子.cn', 'email'],
    ['１３８１２３４５６７８', '138****5678', 'mobile'],
    ['ａ＠ｄ．ｃｏｍ', 'a***@d.com', 'email'],
    ['11010119900307123X', '110****3X', 'id-card'],
    ['123456789012345678', '123****78', 'id'],
    ['oXyz0123456789abcdef', 'oXy****ef', 'id'],
    ['17850', '1***0', 'id'],
    ['C001', 'C**1', 'id'],
    ['1234567', '12***67', 'id'],
    ['alice', 'a***e', 'id'],
    ['12', '1*', 'id'],
    ['7', '*', 'id'],
    ['', '', 'id'],
    ['  ', '', 'id'],
  ] as const)('%s is shown as %s (%s)', (text, masked, kind) => {
    expect(mask(text)).toBe(masked);
    expect(personalKindOf(text)).toBe(kind);
  });

  test('A character outside the basic plane is kept or hidden whole.', () => {
    expect(mask('𠮷野')).toBe('𠮷*');
    expect(mask('😀😁😂🤣😃')).toBe('😀***😃');
    expect(mask('👨‍👩‍👧')).toBe('👨***👧');
    for (const text of ['𠮷野', '😀😁😂🤣😃', '😀@d.com', '😀😁😂🤣😃😄😅😆😉😊']) {
      expect(mask(text)).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test('A lone half of a pair is masked like any character.', () => {
    expect(mask('ab\ud83dcd')).toBe('a***d');
    expect(mask('\ud83d')).toBe('*');
  });

  test('A mask does not tell how long a text was.', () => {
    expect(mask('A'.repeat(20))).toBe(mask('A'.repeat(2000)));
  });

  test('Every text of three characters or more hides some of them.', () => {
    for (const text of ['abc', '<b>', '000123', '王小明', 'ab cd', '----------', '99.5', '@@@']) {
      expect(mask(text)).toContain('*');
      expect(mask(text)).not.toBe(text);
    }
  });
});
