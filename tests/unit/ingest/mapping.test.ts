import { safeParse } from 'valibot';
import { describe, expect, test } from 'vitest';
import type { FileMapping } from '../../../src/ingest/file-preview';
import { fileMappingSchema, mappingFromPreview, missingNeeds } from '../../../src/ingest/mapping';
import { previewFile } from '../../../src/ingest/preview';

const MAPPING: FileMapping = {
  dialect: { encoding: 'gb18030', delimiter: ',', hasHeader: true },
  columns: [
    { role: 'customerId', timeFormat: null, numberFormat: null },
    { role: 'orderedAt', timeFormat: 'dmy', numberFormat: null },
    { role: 'amount', timeFormat: null, numberFormat: 'comma' },
    { role: 'ignore', timeFormat: null, numberFormat: null },
    { role: 'ignore', timeFormat: null, numberFormat: null },
  ],
  zoneOffsetMinutes: 480,
};

describe('a mapping', () => {
  test('is what the preview guessed', async () => {
    const text = 'Kunde;Datum;Betrag\nA1;03.01.2024;12,50\nA2;14.02.2024;8,00\n';
    const preview = await previewFile(new Blob([text]), 'a.csv');
    expect(mappingFromPreview(preview, 60)).toEqual({
      dialect: { encoding: 'utf-8', delimiter: ';', hasHeader: true },
      columns: [
        { role: 'ignore', timeFormat: null, numberFormat: null },
        { role: 'orderedAt', timeFormat: 'dmy', numberFormat: null },
        { role: 'ignore', timeFormat: null, numberFormat: 'comma' },
      ],
      zoneOffsetMinutes: 60,
    });
  });

  test('comes back the same from its JSON', () => {
    const read = safeParse(fileMappingSchema, JSON.parse(JSON.stringify(MAPPING)));
    expect(read).toMatchObject({ success: true, output: MAPPING });
  });

  test('comes back from before there were lines to skip as one that skips none', () => {
    const read = safeParse(fileMappingSchema, MAPPING);
    expect(read.success && read.output.dialect.skipLines).toBe(0);
    const titled: FileMapping = { ...MAPPING, dialect: { ...MAPPING.dialect, skipLines: 4 } };
    expect(safeParse(fileMappingSchema, JSON.parse(JSON.stringify(titled)))).toMatchObject({ output: titled });
  });

  test.each([
    ['nothing', undefined],
    ['fewer than no lines to skip', { ...MAPPING, dialect: { ...MAPPING.dialect, skipLines: -1 } }],
    ['half a line to skip', { ...MAPPING, dialect: { ...MAPPING.dialect, skipLines: 1.5 } }],
    ['another encoding', { ...MAPPING, dialect: { ...MAPPING.dialect, encoding: 'utf-7' } }],
    ['no columns', { ...MAPPING, columns: [] }],
    ['an unknown role', { ...MAPPING, columns: [{ role: 'password', timeFormat: null, numberFormat: null }] }],
    ['a role that stands twice', { ...MAPPING, columns: [MAPPING.columns[0], MAPPING.columns[0]] }],
    ['a format that is missing', { ...MAPPING, columns: [{ role: 'amount', timeFormat: null }] }],
    ['a zone off the map', { ...MAPPING, zoneOffsetMinutes: 3000 }],
    ['half a minute', { ...MAPPING, zoneOffsetMinutes: 0.5 }],
  ])('is refused with %s', (_, stored) => {
    expect(safeParse(fileMappingSchema, stored).success).toBe(false);
  });
});

describe('what a mapping misses', () => {
  test('is a customer, a time and an amount, each unless a column gives it', () => {
    expect(missingNeeds([])).toEqual(['customer', 'time', 'amount']);
    expect(missingNeeds(MAPPING.columns)).toEqual([]);
    expect(missingNeeds([{ role: 'orderedAt' }, { role: 'quantity' }])).toEqual(['customer', 'amount']);
    expect(missingNeeds([{ role: 'quantity' }, { role: 'unitPrice' }])).toEqual(['customer', 'time']);
  });
});
