import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../../src/i18n/format';
import { readNumbersBack, readTimesBack, tellingExamples } from '../../../../src/pages/import/read-back';

const en = createFormat('en');
const zh = createFormat('zh');

describe('reading dates back', () => {
  it('shows the same text as two different days under the two orders', () => {
    expect(readTimesBack(['03/01/2024'], 'dmy', 0, en)).toEqual([{ written: '03/01/2024', read: 'January 3, 2024' }]);
    expect(readTimesBack(['03/01/2024'], 'mdy', 0, en)).toEqual([{ written: '03/01/2024', read: 'March 1, 2024' }]);
    expect(readTimesBack(['03/01/2024'], 'mdy', 0, zh)[0]?.read).toBe('2024年3月1日');
  });

  it('gives the time of day where one was written, and seconds only where they matter', () => {
    const read = readTimesBack(['2024/1/3 8:05', '2024-01-03 08:05:09'], 'ymd', 0, en).map((each) => each.read);
    expect(read).toEqual(['January 3, 2024 08:05', 'January 3, 2024 08:05:09']);
  });

  it('moves epochs and offsets to the wall clock of the dataset', () => {
    // 1 704 240 000 s is midnight of 3 January 2024 in UTC.
    expect(readTimesBack(['1704240000'], 'epochS', 480, en)[0]?.read).toBe('January 3, 2024 08:00');
  });

  it('says of a value that it cannot be read that way', () => {
    expect(readTimesBack(['31/12/2024', 'soon'], 'mdy', 0, en).map((each) => each.read)).toEqual([null, null]);
  });

  it('puts the examples first that tell the two orders apart', () => {
    expect(tellingExamples(['05/05/2024', '03/01/2024'], 'dmy', 'mdy')).toEqual(['03/01/2024', '05/05/2024']);
  });
});

describe('reading numbers back', () => {
  it('takes the mark before the decimals as told', () => {
    expect(readNumbersBack(['1.234,50'], 'comma', en)).toEqual([{ written: '1.234,50', read: '1,234.5' }]);
    expect(readNumbersBack(['(¥1,234.50)'], 'point', en)[0]?.read).toBe('-1,234.5');
  });

  it('refuses a number whose marks do not fit', () => {
    expect(readNumbersBack(['12,5'], 'point', en)[0]?.read).toBeNull();
  });
});
