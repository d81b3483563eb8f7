import type { ColumnMapping, FileMapping, Role } from '../../../src/ingest/file-preview';

/** Columns by role in the order of a file; times year first, numbers with a point. */
export function mappingOf(roles: readonly Role[], dialect: Partial<FileMapping['dialect']> = {}): FileMapping {
  const columns = roles.map((role): ColumnMapping => ({ role, timeFormat: 'ymd', numberFormat: 'point' }));
  return {
    dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true, ...dialect },
    columns,
    zoneOffsetMinutes: 480,
  };
}

export function fileOf(...lines: readonly string[]): Blob {
  return new Blob([lines.map((line) => `${line}\n`).join('')]);
}
