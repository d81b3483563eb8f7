import type { Extraction, TableChoice } from '../../../../src/ingest/extract/extract-contract';
import { extractInProcess } from '../../../../src/ingest/extract/extract-in-process';
import { readCsv } from '../../../support/independent-csv';

/** The records of an extraction by a reader of its own; a blank line is a record of one gap. */
export async function recordsOf(extraction: Extraction): Promise<(string | null)[][]> {
  return readCsv((await extraction.text.text()).replaceAll('\n', '\r\n'));
}

export async function extractTable(
  bytes: Uint8Array<ArrayBuffer>,
  table: string,
  choice: Partial<TableChoice> = {},
): Promise<{ readonly extraction: Extraction; readonly records: (string | null)[][] }> {
  const extraction = await extractInProcess.extract(new Blob([bytes]), 'orders.xlsx', { table, ...choice });
  return { extraction, records: await recordsOf(extraction) };
}
