import { AppError, isCancel, throwIfAborted, toAppError } from '../core/errors';
import type {
  ExtractNote,
  Extractor,
  NamedFile,
  TableChoice,
  TableFormat,
  TableInFile,
} from '../ingest/extract/extract-contract';

/** Where a table's text came from, enough to take it out of its file again. */
export interface TableOrigin {
  readonly file: Blob;
  readonly fileName: string;
  readonly format: Exclude<TableFormat, 'delimited'>;
  readonly choice: TableChoice;
  /** The tables the file holds, for choosing another. */
  readonly tables: readonly TableInFile[];
  readonly notes: readonly ExtractNote[];
}

/** A table as delimited text, or why there is none. */
export interface TextTable {
  readonly name: string;
  readonly file: Blob;
  /** Null for a file that is delimited text itself. */
  readonly origin: TableOrigin | null;
  readonly error: AppError | null;
}

/** How far the opening of dropped files has come. */
export interface OpeningProgress {
  readonly name: string;
  /** 0..1 of the file at hand. */
  readonly share: number;
}

export interface OpeningOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: OpeningProgress) => void;
}

/** Sheets past these are notes and charts more often than data; they can still be chosen by hand. */
const MOST_TABLES_A_FILE = 12;

/**
 * Every table of the files as text, in their order. A file that cannot be read becomes a table with an
 * error, so that the others are not lost. Throws `cancelled` only.
 */
export async function textTablesOf(
  extractor: Extractor,
  files: readonly NamedFile[],
  options: OpeningOptions,
): Promise<readonly TextTable[]> {
  const tables: TextTable[] = [];
  for (const file of files) {
    throwIfAborted(options.signal);
    options.onProgress({ name: file.name, share: 0 });
    tables.push(...(await unpackedTables(extractor, file, options)));
  }
  return tables;
}

async function unpackedTables(
  extractor: Extractor,
  file: NamedFile,
  options: OpeningOptions,
): Promise<readonly TextTable[]> {
  try {
    const { files } = await extractor.unpack([file], { signal: options.signal });
    const tables: TextTable[] = [];
    for (const { blob, name } of files) tables.push(...(await tablesOfFile(extractor, blob, name, options)));
    return tables;
  } catch (error) {
    return [unreadable(file, error)];
  }
}

async function tablesOfFile(
  extractor: Extractor,
  file: Blob,
  name: string,
  options: OpeningOptions,
): Promise<readonly TextTable[]> {
  try {
    const { format, tables } = await extractor.inspect(file, name, options.signal);
    if (format === 'delimited') return [{ name, file, origin: null, error: null }];
    const filled = tables.filter((table) => table.rows !== 0);
    const shown = filled.filter((table) => table.hidden !== true);
    const wanted = (shown.length > 0 ? shown : filled).slice(0, MOST_TABLES_A_FILE);
    if (wanted.length === 0) throw new AppError('file-empty', { name });
    const texts: TextTable[] = [];
    for (const table of wanted) {
      const choice: TableChoice = { table: table.id };
      const origin = { file, fileName: name, format, tables, choice };
      texts.push(await textOf(extractor, origin, wanted.length > 1, options));
    }
    return texts;
  } catch (error) {
    return [unreadable({ blob: file, name }, error)];
  }
}

function unreadable({ blob, name }: NamedFile, error: unknown): TextTable {
  if (isCancel(error)) throw error;
  return { name, file: blob, origin: null, error: toAppError(error) };
}

/** The text of one table of a file; a table that cannot be read keeps its error. Throws `cancelled` only. */
export async function textOf(
  extractor: Extractor,
  origin: Omit<TableOrigin, 'notes'>,
  isOneOfSeveral: boolean,
  { signal, onProgress }: OpeningOptions,
): Promise<TextTable> {
  const table = origin.tables.find(({ id }) => id === origin.choice.table);
  const name = isOneOfSeveral && table !== undefined ? `${origin.fileName} › ${table.name}` : origin.fileName;
  try {
    const { text, notes } = await extractor.extract(origin.file, origin.fileName, origin.choice, {
      signal,
      onProgress: ({ share }) => onProgress({ name, share }),
    });
    return { name, file: text, origin: { ...origin, notes }, error: null };
  } catch (error) {
    if (isCancel(error)) throw error;
    return { name, file: origin.file, origin: { ...origin, notes: [] }, error: toAppError(error) };
  }
}
