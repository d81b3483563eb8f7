import { AppError } from '../core/errors';
import { hintsAtTime, namesAnId, normaliseName } from './column-names';
import { holdsValues, nameColumns, sniffDelimiter, sniffHeader } from './dialect';
import { fingerprintOf } from './fingerprint';
import type { ColumnPreview, Dialect, FilePreview, Role } from './file-preview';
import { missingNeeds } from './mapping';
import type { KindFound } from './privacy/kind-found';
import { findPersonalData } from './privacy/personal-columns';
import { profileColumns, type ColumnProfile } from './profile';
import { facts, type ReadOptions } from './readers/read-slice';
import { readTextSample, type TextSample } from './readers/sample';
import { guessRoles, type GuessedRole } from './roles';
import { readSampleRows, type SampleRows } from './sample-rows';
import type { CountTrust } from './time-profile';

const SHOWN_ROWS = 50;
/** Ids are text whatever their digits look like: nobody adds them up. */
const ID_ROLES: ReadonlySet<Role> = new Set<Role>(['customerId', 'orderId', 'productId']);

/**
 * Looks at the beginning, the middle and the end of a file and guesses everything about it that the
 * import needs; what was chosen replaces the guess. Values are read by the import's own readers, so
 * the shares that parse are those the import will find in these rows.
 *
 * Throws `file-empty`, `file-binary`, `file-unreadable`, `file-gzip-broken`, `no-columns`, `cancelled`.
 * Cost: about 2.5 MB read and up to 20,000 rows profiled, whatever the size of the file.
 */
export async function previewFile(
  file: Blob,
  name: string,
  chosen: Partial<Dialect> = {},
  signal?: AbortSignal,
): Promise<FilePreview> {
  const options: ReadOptions = { name, signal };
  const sample = await readTextSample(file, chosen.encoding, options);
  const delimiter = chosen.delimiter ?? sniffDelimiter(sample.head, sample.whole);
  const rows = readSampleRows(sample, delimiter, chosen.skipLines);
  if (rows.table.columnCount === 0) throw new AppError('no-columns', facts(options));
  const header =
    chosen.skipLines === undefined
      ? settleHeader(rows, chosen.hasHeader)
      : chosenHeader(rows, chosen.skipLines, chosen.hasHeader ?? true);
  const { hasHeader } = header;
  const { skipLines } = header;
  const dialect: Dialect = { encoding: sample.encoding, delimiter, hasHeader, ...(skipLines > 0 && { skipLines }) };
  const shown = rows.firstCells.slice(header.records).slice(0, SHOWN_ROWS);
  const columns = describeColumns(rows, dialect, header, shown);
  const records = rows.headRecords - rows.recordsSkipped - header.records;
  return {
    name,
    bytes: file.size,
    compressed: sample.compressed,
    dialect,
    encodingEvidence: sample.evidence,
    columns,
    rows: shown,
    topLines: rows.topLines,
    sampledRows: rows.table.rowCount - header.firstRow,
    estimatedRows: sample.whole ? records : estimateRows(sample, rows, records),
    wholeFileSampled: sample.whole && rows.allInTable,
    fingerprint: fingerprintOf(delimiter, hasHeader, columns),
    missing: missingNeeds(columns),
  };
}

interface Header {
  readonly hasHeader: boolean;
  readonly names: readonly string[];
  /** The first row of the table that is data. */
  readonly firstRow: number;
  /** Records down to the names, titles above them included that were not skipped by choice. */
  readonly records: number;
  /** Physical lines above the names. */
  readonly skipLines: number;
}

const NO_HEADER: Header = { hasHeader: false, names: [], firstRow: 0, records: 0, skipLines: 0 };

/**
 * The header is the first record. Where that one has another width than the rows, or fills a single
 * cell of many, it may be a title with the names in a row below: that row then names the columns, and
 * what is above it is skipped.
 */
function settleHeader(rows: SampleRows, chosen: boolean | undefined): Header {
  const { table, recordsBefore, linesBefore } = rows;
  const first = rows.firstCells[0] ?? [];
  const byFirst: Header = { hasHeader: true, names: first, firstRow: 0, records: 1, skipLines: 0 };
  if (recordsBefore === 0 && table.rowCount > 0) {
    const hasHeader = chosen ?? sniffHeader(table, true);
    return hasHeader ? { ...byFirst, firstRow: 1 } : NO_HEADER;
  }
  if (chosen !== false && sniffHeader(table, false)) {
    const names = Array.from({ length: table.columnCount }, (_, column) => table.text(0, column));
    return { hasHeader: true, names, firstRow: 1, records: recordsBefore + 1, skipLines: linesBefore };
  }
  return (chosen ?? !holdsValues(first)) ? byFirst : NO_HEADER;
}

/** The record behind the lines that a person chose to skip, whatever it looks like. */
function chosenHeader(rows: SampleRows, skipLines: number, hasHeader: boolean): Header {
  if (!hasHeader) return { ...NO_HEADER, skipLines };
  const firstRow = rows.recordsBefore === 0 && rows.table.rowCount > 0 ? 1 : 0;
  return { hasHeader, names: rows.firstCells[0] ?? [], firstRow, records: 1, skipLines };
}

function describeColumns(
  rows: SampleRows,
  dialect: Dialect,
  header: Header,
  shown: FilePreview['rows'],
): readonly ColumnPreview[] {
  const { hasHeader, firstRow } = header;
  const names = nameColumns(header.names, rows.table.columnCount);
  const trustOf = (column: number): CountTrust => {
    if (!hasHeader) return 'unnamed';
    const name = normaliseName(names[column] ?? '');
    return hintsAtTime(name) ? 'hinted' : namesAnId(name) ? 'id' : 'none';
  };
  const profiles = profileColumns(rows.table, firstRow, dialect.delimiter, trustOf);
  const guesses = guessRoles(hasHeader ? names : null, profiles);
  return profiles.map((profile, index) => {
    const name = names[index] ?? '';
    const values = profile.type === 'time' ? [] : shown.map((row) => row[index] ?? '');
    return columnPreview(profile, name, guesses[index], findPersonalData({ name, values }).kinds);
  });
}

function columnPreview(
  profile: ColumnProfile,
  name: string,
  guess: GuessedRole | undefined,
  personal: readonly KindFound[],
): ColumnPreview {
  const role = guess?.role ?? 'ignore';
  const isId = ID_ROLES.has(role);
  return {
    index: profile.index,
    name,
    type: isId ? 'text' : profile.type,
    parsedShare: isId ? 1 : profile.parsedShare,
    gaps: profile.gaps,
    distinct: profile.distinct,
    examples: profile.examples,
    role,
    confidence: guess?.confidence ?? 0,
    timeFormat: profile.time?.format ?? null,
    timeOrderUnclear: profile.time?.orderUnclear ?? false,
    hasZone: profile.time?.hasZone ?? false,
    spanMs: profile.time?.spanMs ?? null,
    numberFormat: profile.numberFormat,
    personal,
  };
}

function estimateRows(sample: TextSample, rows: SampleRows, records: number): number {
  return rows.headBytes === 0 ? 0 : Math.round((records * sample.textBytes) / rows.headBytes);
}
