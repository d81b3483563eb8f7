import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../src/i18n/format';

const en = createFormat('en');
const zh = createFormat('zh');

describe('createFormat', () => {
  it('groups numbers and writes shares', () => {
    expect([en.integer(1234567), en.decimal(1234.5, 2), en.percent(0.3149)]).toEqual([
      '1,234,567',
      '1,234.50',
      '31.5%',
    ]);
  });

  it('shortens large numbers as each language does', () => {
    expect([en.compact(4_200_000), zh.compact(4_200_000), zh.compact(120_000_000)]).toEqual(['4.2M', '420万', '1.2亿']);
  });

  it('prints a dash for what is not a number and no minus before zero', () => {
    expect([
      en.integer(Number.NaN),
      en.percent(Number.NaN),
      en.integer(-0),
      en.decimal(Number.POSITIVE_INFINITY, 1),
    ]).toEqual(['–', '–', '0', '–']);
  });

  it('writes days and lists in the language', () => {
    expect([en.longDay('2026-01-03'), zh.longDay('2026-01-03')]).toEqual(['January 3, 2026', '2026年1月3日']);
    expect([en.list(['a', 'b', 'c']), zh.list(['a', 'b', 'c'])]).toEqual(['a, b, and c', 'a、b和c']);
  });

  it('writes a moment as day and minute where the reader is', () => {
    const moment = new Date(2026, 10, 22, 0, 3).getTime();
    expect([en.moment(moment), zh.moment(moment)]).toEqual(['Nov 22, 2026, 00:03', '2026年11月22日 00:03']);
  });

  it('writes bytes in decimal units', () => {
    expect([en.bytes(999), en.bytes(1500), en.bytes(34_242_586)]).toEqual(['999 B', '1.5 KB', '34.2 MB']);
  });
});
