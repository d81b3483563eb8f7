import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeFormat } from '../../../../src/ingest/file-preview';
import { GAP, READ } from '../../../../src/ingest/values/cell';
import { TimeReader } from '../../../../src/ingest/values/times';

const encoder = new TextEncoder();

/** The wall clock read, as ISO text; with `day only` where the cell had no time of day. */
function read(format: TimeFormat, text: string, zoneOffsetMinutes = 0): string {
  const bytes = encoder.encode(text);
  const reader = new TimeReader(format, zoneOffsetMinutes);
  const state = reader.read(bytes, 0, bytes.length);
  if (state !== READ) return state === GAP ? 'gap' : 'bad';
  const iso = new Date(reader.wallMs).toISOString();
  return reader.hasTimeOfDay ? iso.replace(/(\.000)?Z$/, '').replace('T', ' ') : `${iso.slice(0, 10)} day only`;
}

describe('the year first', () => {
  it.each([
    ['2024-01-03', '2024-01-03 day only'],
    ['2024.1.3', '2024-01-03 day only'],
    ['2024 1 3', '2024-01-03 day only'],
    ['24-1-3', '2024-01-03 day only'],
    ['2024/1/3 8:05', '2024-01-03 08:05:00'],
    ['2024-01-03 08:05:09', '2024-01-03 08:05:09'],
    ['2024-01-03 00:00:00', '2024-01-03 00:00:00'],
    ['2024/01/03T23:59:59', '2024-01-03 23:59:59'],
    ['2024-02-29 00:00:00', '2024-02-29 00:00:00'],
    ['2024-01-03T08:05:09.123456', '2024-01-03 08:05:09.123'],
    ['2024-01-03 08:05:09,57', '2024-01-03 08:05:09.570'],
    ['2024-01-03 8:05 PM', '2024-01-03 20:05:00'],
    ['2024-01-03 12:00 AM', '2024-01-03 00:00:00'],
    ['2024-01-03 12:30 pm', '2024-01-03 12:30:00'],
    ['2024年1月3日', '2024-01-03 day only'],
    ['2024年01月03日 8时5分', '2024-01-03 08:05:00'],
    ['2024年1月3日8时5分6秒', '2024-01-03 08:05:06'],
    ['2024年1月3日 星期三 8点', '2024-01-03 08:00:00'],
    ['2024年1月3日 上午8:05', '2024-01-03 08:05:00'],
    ['2024/1/3 下午 3:05:06', '2024-01-03 15:05:06'],
    ['2024年1月3日 中午12:30', '2024-01-03 12:30:00'],
    ['２０２４－０１－０３', '2024-01-03 day only'],
    [' 2024-01-03 ', '2024-01-03 day only'],
  ])('reads %s as %s', (text, expected) => expect(read('ymd', text)).toBe(expected));

  it.each(['="2024-01-03 08:05:09"', "'2024-01-03 08:05:09", ' ="2024年1月3日 8时5分9秒" '])(
    'reads %s without its guard',
    (text) => expect(read('ymd', text)).toBe('2024-01-03 08:05:09'),
  );

  it.each([
    '2023-02-29',
    '2023-02-30',
    '2024-13-01',
    '2024-00-10',
    '2024-01-03 24:00',
    '2024-01-03 24:00:00',
    '2024-01-03 10:60:00',
    '2024-01-03 10:00:60',
    '2023-02-29 10:00:00',
    '20a4-01-03 10:00:00',
    '2024-01-03 1x:00:00',
    '2024-01-03 10:60',
    '2024-01-03 13:00 AM',
    '2024-01-03 soon',
    '2024-01-03-04',
    '0001-01-01',
    '9999-12-31',
    '03/01/2024',
    '20240103',
    '2024-01',
  ])('refuses %s', (text) => expect(read('ymd', text)).toBe('bad'));

  it.each(['', 'NULL', '-', ' \u3000'])('takes %j as a gap', (text) => expect(read('ymd', text)).toBe('gap'));

  it('knows leap years', () => {
    expect(read('ymd', '2024-02-29')).toBe('2024-02-29 day only');
    expect(read('ymd', '2000-02-29')).toBe('2000-02-29 day only');
    expect(read('ymd', '1900-02-29')).toBe('bad');
    expect(read('ymd', '2100-02-29')).toBe('bad');
  });
});

describe('a value with an offset', () => {
  it.each([
    ['2024-01-03T08:05:00Z', '2024-01-03 16:05:00'],
    ['2024-01-03T20:05:00.500Z', '2024-01-04 04:05:00.500'],
    ['2024-01-03 08:05:00+08:00', '2024-01-03 08:05:00'],
    ['2024-01-03 08:05:00 -0530', '2024-01-03 21:35:00'],
    ['2024-01-03 08:05:00 UTC', '2024-01-03 16:05:00'],
    ['2024-01-03 08:05:00', '2024-01-03 08:05:00'],
  ])('%s becomes the wall clock of UTC+8: %s', (text, expected) => expect(read('ymd', text, 480)).toBe(expected));
});

describe('the year last', () => {
  it.each([
    ['dmy', '03/01/2024', '2024-01-03 day only'],
    ['mdy', '03/01/2024', '2024-03-01 day only'],
    ['dmy', '3.1.24 08:05', '2024-01-03 08:05:00'],
    ['mdy', '12/1/2010 8:26', '2010-12-01 08:26:00'],
    ['mdy', '3/1/24', '2024-03-01 day only'],
    ['dmy', '31-12-1999', '1999-12-31 day only'],
    ['dmy', '1/2/69', '1969-02-01 day only'],
    ['dmy', '31/12/2023 11:59:59 PM', '2023-12-31 23:59:59'],
    ['mdy', '1/31/2024, 12:05:00 AM', '2024-01-31 00:05:00'],
    // Four digits in front leave no doubt.
    ['dmy', '2024-01-03 05:06', '2024-01-03 05:06:00'],
    ['mdy', '13/1/2024', 'bad'],
    ['dmy', '1/13/2024', 'bad'],
    ['dmy', '31/4/2024', 'bad'],
    ['dmy', '3/1/024', 'bad'],
  ] as const)('%s reads %s as %s', (format, text, expected) => expect(read(format, text)).toBe(expected));
});

describe('digits only', () => {
  it.each([
    ['20240103', '2024-01-03 day only'],
    ['20240103080509', '2024-01-03 08:05:09'],
    ['202401030805', '2024-01-03 08:05:00'],
    ['20240103080509123', '2024-01-03 08:05:09.123'],
    ['20240103 08:05:09', '2024-01-03 08:05:09'],
    ['20240103T080509', '2024-01-03 08:05:09'],
    ['20240230', 'bad'],
    ['2024010', 'bad'],
    ['20240103250000', 'bad'],
  ])('reads %s as %s', (text, expected) => expect(read('compact', text)).toBe(expected));
});

describe("a month's name", () => {
  it.each([
    ['14JUN09:17:58:34', '2009-06-14 17:58:34'],
    ['14JUN2009:17:58:34.250', '2009-06-14 17:58:34.250'],
    ['1 Jan 2024', '2024-01-01 day only'],
    ['01-Jan-24', '2024-01-01 day only'],
    ['Jan 1, 2024', '2024-01-01 day only'],
    ['January 1 2024 8:05 pm', '2024-01-01 20:05:00'],
    ['3rd Sept 2024', '2024-09-03 day only'],
    ['Wed, 03 Jan 2024 08:05:00 GMT', '2024-01-03 08:05:00'],
    ['2024-Jan-03', '2024-01-03 day only'],
    ['31 Jun 2024', 'bad'],
    ['1 Foo 2024', 'bad'],
  ])('reads %s as %s', (text, expected) => expect(read('named', text)).toBe(expected));
});

describe('counts', () => {
  // 2024-01-03 00:05:00 UTC
  it.each([
    ['epochS', '1704240300', '2024-01-03 08:05:00'],
    ['epochS', '1704240300.5', '2024-01-03 08:05:00.500'],
    ['epochMs', '1704240300123', '2024-01-03 08:05:00.123'],
    ['epochS', '1704240300123', 'bad'],
    ['epochS', '-5', 'bad'],
    // Seconds read as milliseconds would be 20 January 1970; 31536000 is the first second of 1971.
    ['epochMs', '1704240300', 'bad'],
    ['epochS', '31535999', 'bad'],
    ['epochS', '31536000', '1971-01-01 08:00:00'],
    ['epochMs', '31535999999', 'bad'],
    ['epochMs', '31536000000', '1971-01-01 08:00:00'],
    ['epochS', '="1704240300"', '2024-01-03 08:05:00'],
  ] as const)('%s reads %s in UTC+8 as %s', (format, text, expected) => expect(read(format, text, 480)).toBe(expected));

  // Serials as Excel shows them: 45294 is 3 January 2024, 61 is 1 March 1900.
  it.each([
    ['45294', '2024-01-03 day only'],
    ['45294.33680555556', '2024-01-03 08:05:00'],
    ['45294.5', '2024-01-03 12:00:00'],
    ['61', '1900-03-01 day only'],
    ['60', 'bad'],
    ['999999999', 'bad'],
  ])('excel reads %s as %s', (text, expected) => expect(read('excel', text, 480)).toBe(expected));
});

it('reads any second of a century back, in every numeric form', () => {
  const seconds = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(2068, 11, 31) / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const date = new Date(second * 1000);
      const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
      const clock = date.toISOString().slice(11, 19);
      const expected = `${date.toISOString().slice(0, 10)} ${clock}`;
      expect(read('ymd', `${year}/${month}/${day} ${clock}`)).toBe(expected);
      expect(read('ymd', date.toISOString())).toBe(expected);
      expect(read('dmy', `${day}.${month}.${year} ${clock}`)).toBe(expected);
      expect(read('mdy', `${month}/${day}/${year} ${clock}`)).toBe(expected);
      expect(read('compact', date.toISOString().replace(/\D/g, '').slice(0, 14))).toBe(expected);
    }),
  );
});
