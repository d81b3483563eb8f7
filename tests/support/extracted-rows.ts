import type { Extraction } from '../../src/ingest/extract/extract-contract';
import { readCsv } from './independent-csv';

/** An extraction's records, read by the independent reader; null is a gap, '' an empty text. */
export async function extractedRows({ text }: Extraction): Promise<(string | null)[][]> {
  const written = await text.text();
  if (/\r/.test(written.replaceAll(/"(?:[^"]|"")*"/g, ''))) throw new Error('a carriage return outside of quotes');
  // The reader wants CR LF: every line feed outside of quotes ends a record.
  const lines = written.replaceAll(/"(?:[^"]|"")*"|\n/g, (part) => (part === '\n' ? '\r\n' : part));
  return readCsv(lines);
}
