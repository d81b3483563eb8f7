import * as v from 'valibot';

/**
 * What a file can be, by its content and never by its name. `delimited` is read as it stands; every
 * other one is extracted to delimited text first. `workbook` is XLSX, XLSM, XLS, XLSB, ODS, an HTML
 * table or an XML spreadsheet; `arrow` is an Arrow IPC file or stream (Feather 2).
 */
export const TABLE_FORMATS = ['delimited', 'workbook', 'parquet', 'arrow', 'json', 'json-lines'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** One table that a file holds. */
export interface TableInFile {
  /** Stable within the file: the sheet's name, the path of a JSON array; '' where there is only one. */
  readonly id: string;
  /** What a person calls it; '' where it has no name of its own. */
  readonly name: string;
  /** Rows with anything in them, header and titles included; null when only a full reading could tell. */
  readonly rows: number | null;
  readonly columns: number | null;
  /** True for a sheet that its author has hidden. */
  readonly hidden?: boolean;
}

export interface FileContents {
  readonly format: TableFormat;
  /** In the file's order, empty ones included. */
  readonly tables: readonly TableInFile[];
}

/** What becomes of values that hold values (JSON). `lines`: a list inside, such as an order's items, becomes a row each. */
export const FLATTENINGS = ['none', 'objects', 'lines'] as const;
export type Flattening = (typeof FLATTENINGS)[number];

/** Which table of the file, and how: a decision without a row of data, so a recipe can hold it. */
export interface TableChoice {
  /** The table's id. */
  readonly table: string;
  /** JSON only; `objects` unless told. */
  readonly flatten?: Flattening | undefined;
  /** JSON only: where the rows lie, when not where they were found. */
  readonly path?: string | undefined;
}

export const tableChoiceSchema = v.object({
  table: v.string(),
  flatten: v.optional(v.picklist(FLATTENINGS)),
  path: v.optional(v.string()),
});

/** Past any of these a file ends in a named error instead of the worker in a lack of memory. */
export interface ExtractLimits {
  /** Bytes that may come out of a compressed container, counted while they come out. */
  readonly inflatedBytes: number;
  /** Bytes out for a byte in, heeded once 64 MB have come out. */
  readonly inflateRatio: number;
  /** Entries of an archive, folders included. */
  readonly entries: number;
  /** Rows of one table. */
  readonly rows: number;
  readonly columns: number;
  /** Bytes of one cell, as UTF-8. */
  readonly cellBytes: number;
}

export const DEFAULT_LIMITS: ExtractLimits = {
  // A worker's heap ends near 4 GB; what is inflated is passed on in pieces, yet the text stays as a Blob.
  inflatedBytes: 4 * 2 ** 30,
  // Deflate ends at 1,032; the most repetitive tables we could make came to 60.
  inflateRatio: 200,
  // A year of daily exports from a few shops, with room; a directory of this size is read in no time.
  entries: 10_000,
  // Two times the largest file that the engine's memory can hold as order lines (ENGINE.md).
  rows: 50_000_000,
  // A spreadsheet's own limit.
  columns: 16_384,
  // The longest value that the delimited reader takes within a line.
  cellBytes: 1 << 20,
};

/** Something that the table holds and the text does not, or not as it stood; told in words on the screen. */
export const EXTRACT_NOTES = [
  /** Cells of merged areas in the body that were given the area's value. */
  'merged-cells-filled',
  /** Cells whose text is a formula's result as last calculated. */
  'formula-results',
  /** Formulas that were saved without a result; gaps. */
  'formulas-without-result',
  /** #N/A, #DIV/0! and the like; gaps. */
  'error-cells',
  /** Numbers of more digits than the file itself kept (ids stored as numbers): their last digits are lost. */
  'digits-lost',
  /** Rows and columns hidden in the sheet; they are read like the others. */
  'hidden-rows',
  'hidden-columns',
  /** Records that span several lines of the text, after which line numbers are not the sheet's. */
  'cells-with-line-breaks',
  /** Columns whose values are no text or number (binary); left out. `names` says which. */
  'columns-left-out',
  /** JSON lines that are no JSON; left out. */
  'broken-lines',
  /** Values that are no record where records are expected; left out. */
  'values-left-out',
  /** Values that hold values, kept as JSON text. */
  'nested-as-text',
] as const;
export type ExtractNoteKind = (typeof EXTRACT_NOTES)[number];

export interface ExtractNote {
  readonly kind: ExtractNoteKind;
  /** Cells, rows, lines or columns, as the kind says. */
  readonly count: number;
  /** Columns concerned, by name, where the kind is about columns. */
  readonly names?: readonly string[] | undefined;
}

/** How far an extraction has come. */
export interface ExtractProgress {
  /** 0..1. */
  readonly share: number;
  readonly rows: number;
}

export interface ExtractOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExtractProgress) => void) | undefined;
  readonly limits?: ExtractLimits | undefined;
}

/**
 * A table as canonical delimited text: UTF-8 without a mark, commas, "\n" after every record, quotes
 * only where needed (RFC 4180), every record as wide as the widest, blank rows as blank lines. A gap is
 * an empty cell; times are `YYYY-MM-DD HH:MM:SS[.fff]` (a trailing Z when the file says UTC), dates
 * `YYYY-MM-DD`; numbers the shortest exact decimal without an exponent; booleans `true`/`false`;
 * text verbatim. The first record is the header, unless the table itself has none (a sheet).
 */
export interface Extraction {
  readonly text: Blob;
  /** Records of the text, header and blank ones included. */
  readonly rows: number;
  /** The cells of the first record. For a sheet these need not be the header: the preview looks for it. */
  readonly columnNames: readonly string[];
  readonly notes: readonly ExtractNote[];
}

/** One format's reading. `name` is the file's, for messages. */
export interface FormatReader {
  /** Throws `cancelled`, `file-unreadable`, `file-damaged`, `file-encrypted`, `over-limit`, `format-unsupported`. */
  inspect(file: Blob, name: string, signal?: AbortSignal): Promise<Omit<FileContents, 'format'>>;
  /** Throws the same, and `table-missing` when the file has no such table. */
  extract(file: Blob, name: string, choice: TableChoice, options?: ExtractOptions): Promise<Extraction>;
}

/** A file under its name, which in an archive is a path. */
export interface NamedFile {
  readonly blob: Blob;
  readonly name: string;
}

/** A file as it came out of what was dropped. */
export interface UnpackedFile extends NamedFile {
  /** The archive that it came out of; null for a file that was none. */
  readonly archive: string | null;
}

export interface Unpacked {
  /** In the order given, an archive's entries in the order of their names. */
  readonly files: readonly UnpackedFile[];
  /** Entries that are no data: hidden files and the __MACOSX folder. */
  readonly skipped: number;
}

/** Looks into files and takes tables out of them, each file in a worker; aborting ends the worker. */
export interface Extractor {
  /**
   * Archives become their entries, and a .gz what is in it unless that is delimited text, which is
   * read through the .gz as it is. Workbooks, though zipped, are no archives. Throws
   * `archive-in-archive`, `file-encrypted`, `file-damaged`, `file-gzip-broken`, `over-limit`,
   * `format-unsupported`, `file-unreadable`, `cancelled`.
   */
  unpack(files: readonly NamedFile[], options?: ExtractOptions): Promise<Unpacked>;
  /** What the file is and holds. A `delimited` file is told as one table with the id ''. */
  inspect(file: Blob, name: string, signal?: AbortSignal): Promise<FileContents>;
  /** A `delimited` file comes back as it is, with its rows not counted (0) and no column names. */
  extract(file: Blob, name: string, choice: TableChoice, options?: ExtractOptions): Promise<Extraction>;
}
