import { AppError } from '../../core/errors';
import { readSlice, type ReadOptions } from '../readers/read-slice';
import { DEFAULT_LIMITS, type ExtractLimits, type FormatReader, type TableInFile } from './extract-contract';
import { InflateBudget } from './inflate-budget';
import { SheetShape, type Sheet } from './sheet-rows';
import { sheetToText } from './sheet-text';
import { isZip } from './table-format';
import { isXlsx, openXlsx } from './xlsx';
import { readZipDirectory, type ZipEntry } from './zip-directory';
import { readZipEntry } from './zip-entry';

/** The general reader makes one string of a part, and an object of each cell. */
const MOST_INFLATED_BYTES = 400 << 20;
const ODS_MANIFEST = 'META-INF/manifest.xml';
const ODS_ENCRYPTION = 'encryption-data';

/** Workbooks of every form: XLSX and XLSM by our own reader, the others by the general one. */
export const workbookReader: FormatReader = {
  async inspect(file, name, signal) {
    const tables: TableInFile[] = [];
    for (const sheet of await openSheets(file, DEFAULT_LIMITS, { name, signal })) tables.push(await tableOf(sheet));
    return { tables };
  },

  async extract(file, name, choice, options = {}) {
    const limits = options.limits ?? DEFAULT_LIMITS;
    const sheets = await openSheets(file, limits, { name, signal: options.signal });
    const sheet = sheets.find((each) => each.name === choice.table);
    if (sheet === undefined) throw new AppError('table-missing', { name, table: choice.table });
    return sheetToText(name, sheet, options);
  },
};

async function tableOf(sheet: Sheet): Promise<TableInFile> {
  const shape = new SheetShape();
  await sheet.readRows((row, cells) => shape.add(row, cells));
  return {
    id: sheet.name,
    name: sheet.name,
    rows: shape.filledRows,
    columns: shape.findColumns().length,
    ...(sheet.hidden && { hidden: true }),
  };
}

async function openSheets(file: Blob, limits: ExtractLimits, options: ReadOptions): Promise<readonly Sheet[]> {
  const isPacked = isZip(await readSlice(file, 0, 4, options));
  const entries = isPacked ? await readZipDirectory(file, limits.entries, options) : [];
  if (isXlsx(entries)) return openXlsx(file, entries, limits, options);
  await checkEntries(file, entries, limits, options);
  const { openGeneralWorkbook } = await import('./general-workbook');
  return openGeneralWorkbook(file, limits, options);
}

/** Inflates what the general reader is going to, to count it and to meet damage and passwords first. */
async function checkEntries(
  file: Blob,
  entries: readonly ZipEntry[],
  limits: ExtractLimits,
  options: ReadOptions,
): Promise<void> {
  const name = options.name ?? '';
  const most = { ...limits, inflatedBytes: Math.min(limits.inflatedBytes, MOST_INFLATED_BYTES) };
  const budget = new InflateBudget(name, file.size, most);
  for (const entry of entries) {
    if (entry.isFolder) continue;
    const decoder = new TextDecoder();
    const isManifest = entry.name === ODS_MANIFEST;
    let manifest = '';
    for await (const piece of readZipEntry(file, entry, budget, options)) {
      if (isManifest) manifest += decoder.decode(piece, { stream: true });
    }
    if (manifest.includes(ODS_ENCRYPTION)) throw new AppError('file-encrypted', { name });
  }
}
