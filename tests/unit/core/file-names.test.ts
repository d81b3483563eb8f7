import { expect, test } from 'vitest';
import { safeFileName } from '../../../src/core/file-names';

test.each([
  ['RFM: R/F 1-2 | "best"', 'RFM-R-F-1-2-best'],
  ['../../etc/passwd', 'etc-passwd'],
  ['最近消费与 金额', '最近消费与-金额'],
  ['\u0000..', 'silhouette'],
  ['', 'silhouette'],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test('a long name is cut between characters, not inside one', () => {
  expect(safeFileName('😀'.repeat(100))).toBe('😀'.repeat(80));
});
