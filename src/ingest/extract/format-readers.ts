import { AppError } from '../../core/errors';
import type { FormatReader, TableFormat } from './extract-contract';

/** Each format's reader is fetched when a file of that format is first met. */
const READERS: Readonly<Partial<Record<TableFormat, () => Promise<FormatReader>>>> = {
  workbook: async () => (await import('./workbook')).workbookReader,
  parquet: async () => (await import('./parquet')).parquetReader,
  arrow: async () => (await import('./arrow')).arrowReader,
  json: async () => (await import('./json')).jsonReader,
  'json-lines': async () => (await import('./json')).jsonLinesReader,
};

/** Throws `format-unsupported` for a format without a reader. */
export async function openFormatReader(format: TableFormat, name: string): Promise<FormatReader> {
  const open = READERS[format];
  if (open === undefined) throw new AppError('format-unsupported', { name, kind: format });
  return open();
}
