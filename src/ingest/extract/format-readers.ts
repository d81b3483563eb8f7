import type { FormatReader, TableFormat } from './extract-contract';

/** Each format's reader is fetched when a file of that format is first met. */
const READERS: Readonly<Record<Exclude<TableFormat, 'delimited'>, () => Promise<FormatReader>>> = {
  workbook: async () => (await import('./workbook')).workbookReader,
  parquet: async () => (await import('./parquet')).parquetReader,
  arrow: async () => (await import('./arrow')).arrowReader,
  json: async () => (await import('./json')).jsonReader,
  'json-lines': async () => (await import('./json')).jsonLinesReader,
};

export function openFormatReader(format: Exclude<TableFormat, 'delimited'>): Promise<FormatReader> {
  return READERS[format]();
}
