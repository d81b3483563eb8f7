import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask, maskAs, personalKindOf } from '../../../src/core/masking';
import { PERSONAL_KINDS } from '../../../src/core/personal-kinds';
import { findPersonalSpans } from '../../../src/core/personal-spans';
import { NAUGHTY_IDS } from '../../support/small-shop';

describe('a text that holds personal data', () => {
  test.each([
    ['请打我电话13812345678，谢谢', '请打我电话138****5678，谢谢'],
    ['微信：abc_12345 或 a@b.com', '微信：ab****45 或 a***@b.com'],
    ['身份证11010519491231002X已提交', '身份证110****2X已提交'],
    ['卡号4111 1111 1111 1111扣了两次', '卡号****1111扣了两次'],
    ['我叫王小明，地址广东省深圳市南山区科技园路1号3栋', '我叫王**，地址广东省深圳市****'],
    ['张伟先生很热情，京A12345停在门口', '张*先生很热情，京A****5停在门口'],
    ['我叫司马相如，欧阳娜娜女士推荐', '我叫司***，欧***女士推荐'],
    ['收件人：张王明远，急', '收件人：张***，急'],
    ['座机010-12345678转801', '座机01****78转801'],
    ['Mr John Smith, call +44 20 7946 0958', 'Mr J*** S***, call +44****58'],
    ['from 192.168.0.1 at 12:30:45', 'from 192.*.*.* at 12:30:45'],
    ['订单20240103000000001，第3次延迟', '订单20240103000000001，第3次延迟'],
    ['电话１３８１２３４５６７８，谢谢', '电话138****5678，谢谢'],
    ['质量很好，会再来', '质量很好，会再来'],
    ['', ''],
  ])('%s is shown as %s', (text, masked) => {
    expect(maskAs('text', text)).toBe(masked);
  });

  test('spans lie in order, apart, and within the text, whatever it is', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replaceAll('@', '')),
      fc.constantFrom(
        '13812345678',
        'a@b.com',
        '我叫王小明',
        ' ',
        '，',
        '11010519491231002X',
        'Mr ',
        'Anna',
        '4111111111111111',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const span of findPersonalSpans(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          ({ end } = span);
        }
        expect(end).toBeLessThanOrEqual(text.length);
        expect(maskAs('text', text)).not.toMatch(/(?<!\d)13812345678(?!\d)/);
      }),
    );
  });

  test('a long text is looked through in no time that grows faster than it', () => {
    for (const piece of [
      '啊1 -a@',
      'a',
      '1',
      'a.',
      'a@a.',
      '省市',
      '广东省',
      ' ',
      '微信 ',
      '姓名：',
      '+1 ',
      'Mr A',
      '1:',
      ',A',
    ]) {
      const long = piece.repeat(20_000);
      expect(findPersonalSpans(`微信${long}`).every(({ end }) => end <= long.length + 2)).toBe(true);
      expect(mask(long)).not.toBe(long);
    }
  });
});

describe('a mask by kind', () => {
  test.each([
    ['hong-kong-id', 'A123456(3)', 'A****3)'],
    ['taiwan-id', 'A123456789', 'A****89'],
    ['passport', 'E12345678', 'E****78'],
    ['bank-card', '6222020000000000123', '****0123'],
    ['address', '广东省深圳市南山区科技园路1号', '广东省深圳市****'],
    ['address', 'somewhere', '****'],
    ['birthday', '1990-05-01', '1990-**-**'],
    ['birthday', '19900501', '1990-**-**'],
    ['birthday', '5 May', '****'],
    ['plate', '京A12345', '京A****5'],
    ['wechat', 'wxid_abcdef123456', 'wx****56'],
    ['ip', '192.168.0.1', '192.*.*.*'],
    ['ip', '2001:db8::1', '2001:****'],
    ['device', '6D92078A-8246-4BA4-AE5B-76104861E7DC', '6D****DC'],
    ['email', 'no address', 'no ****ss'],
    ['mobile', '12', '1*'],
    ['id-card', '12', '1*'],
  ] as const)('%s %s is shown as %s', (kind, text, masked) => {
    expect(maskAs(kind, text)).toBe(masked);
  });

  test('masking what is masked tells no more: no character appears that the first mask hid', () => {
    const texts = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 24 }), fc.constantFrom(...NAUGHTY_IDS));
    fc.assert(
      fc.property(texts, fc.constantFrom(...PERSONAL_KINDS), (text, kind) => {
        const once = maskAs(kind, text);
        const twice = mask(once);
        const left = [...once];
        for (const character of twice) {
          if (character === '*' || character === ' ') continue;
          const at = left.indexOf(character);
          expect(at, `${text} ${kind}: ${once} ${twice}`).toBeGreaterThanOrEqual(0);
          left.splice(at, 1);
        }
      }),
    );
  });

  test('every kind but text hides something of any value, and never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== ''),
        fc.constantFrom(...PERSONAL_KINDS.filter((kind) => kind !== 'text')),
        (text, kind) => {
          const masked = maskAs(kind, text);
          expect(masked).toContain('*');
          expect(masked).not.toMatch(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/);
        },
      ),
    );
  });
});

describe('the kind of a value that stands alone', () => {
  test.each([
    ['12:30:45', 'id'],
    ['2024-01-03 08:05:00', 'id'],
    ['fe80::1', 'ip'],
    ['400-800-8888', 'phone'],
    ['京A12345', 'plate'],
    ['4111111111111111', 'bank-card'],
    ['1234567890123456', 'id'],
    ['deadbeefdeadbeef', 'device'],
    ['A123456(3)', 'hong-kong-id'],
    ['北京市朝阳区建国路88号', 'address'],
    ['P-0123456789ABCDEFGHJK', 'id'],
  ])('%s is %s', (text, kind) => {
    expect(personalKindOf(text)).toBe(kind);
  });
});
