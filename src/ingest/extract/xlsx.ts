import type { ReadOptions } from '../readers/read-slice';
import type { ExtractLimits } from './extract-contract';
import { InflateBudget } from './inflate-budget';
import type { Sheet } from './sheet-rows';
import { XlsxPackage } from './xlsx-package';
import { readBook, readNumberKinds, readSharedStrings, WORKBOOK_PART } from './xlsx-parts';
import { XlsxSheet } from './xlsx-sheet';
import type { ZipEntry } from './zip-directory';

/** True for XLSX and XLSM; XLSB keeps its parts in a form of its own. */
export function isXlsx(entries: readonly ZipEntry[]): boolean {
  return entries.some((entry) => entry.name.toLowerCase() === WORKBOOK_PART);
}

/**
 * The sheets of an XLSX or XLSM file, read by our own scanner: a general reader makes an object of every
 * cell, which a month of order lines does not survive; this one holds the shared texts and a row.
 */
export async function openXlsx(
  file: Blob,
  entries: readonly ZipEntry[],
  limits: ExtractLimits,
  options: ReadOptions,
): Promise<readonly Sheet[]> {
  const name = options.name ?? '';
  const newBudget = (): InflateBudget => new InflateBudget(name, file.size, limits);
  const parts = new XlsxPackage(file, entries, newBudget, limits, options);
  const { sheets, is1904 } = await readBook(parts);
  const lookups = { strings: await readSharedStrings(parts, name), kinds: await readNumberKinds(parts), is1904 };
  return sheets.map((sheet) => new XlsxSheet(parts, sheet, lookups));
}
