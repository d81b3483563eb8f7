import { describe, expect, test } from 'vitest';
import type { TableInFile } from '../../../../src/ingest/extract/extract-contract';
import { suggestTable } from '../../../../src/ingest/extract/suggested-table';

const table = (id: string, rows: number | null, hidden = false): TableInFile => ({
  id,
  name: id,
  rows,
  columns: 3,
  ...(hidden && { hidden }),
});

describe('the table suggested', () => {
  test('is the longest one that is shown', () => {
    expect(suggestTable([table('notes', 4), table('orders', 900), table('codes', 5000, true)])?.id).toBe('orders');
  });

  test('is the first of equals', () => {
    expect(suggestTable([table('a', 9), table('b', 9)])?.id).toBe('a');
  });

  test('is a hidden one only when the others are empty', () => {
    expect(suggestTable([table('a', 0), table('b', 9, true)])?.id).toBe('b');
  });

  test('may be one whose rows are not counted', () => {
    expect(suggestTable([table('', null)])?.id).toBe('');
  });

  test('is none when every table is empty', () => {
    expect(suggestTable([table('a', 0)])).toBeNull();
    expect(suggestTable([])).toBeNull();
  });
});
