import type { DatasetFile, FactsPlan } from '../../../../src/ingest/dataset/dataset-files';
import type { FileMapping, Role } from '../../../../src/ingest/file-preview';
import type { KindMapping } from '../../../../src/ingest/kinds/kind-mapping';
import type { KindRole, PersonRole } from '../../../../src/ingest/kinds/kinds';

const DIALECT: FileMapping['dialect'] = { encoding: 'utf-8', delimiter: ',', hasHeader: true };

const blobOf = (lines: readonly string[]): Blob => new Blob([lines.map((line) => `${line}\n`).join('')]);

/** Columns by role in the order of a file; times year first, numbers with a point. */
export function kindMappingOf(
  kind: FactsPlan['kind'],
  roles: readonly KindRole[],
  rest: Partial<KindMapping> = {},
): KindMapping {
  return {
    kind,
    dialect: DIALECT,
    columns: roles.map((role) => ({ role, timeFormat: 'ymd', numberFormat: 'point' })),
    zoneOffsetMinutes: 480,
    ...rest,
  };
}

export function factsFile(
  kind: FactsPlan['kind'],
  roles: readonly KindRole[],
  lines: readonly string[],
  rest: Partial<KindMapping> = {},
): DatasetFile {
  return { blob: blobOf(lines), name: `${kind}.csv`, plan: { kind, mapping: kindMappingOf(kind, roles, rest) } };
}

export function ordersFile(
  roles: readonly Role[],
  lines: readonly string[],
  customerRole: PersonRole = 'customer',
  people: readonly { readonly column: number; readonly role: PersonRole }[] = [],
): DatasetFile {
  const mapping: FileMapping = {
    dialect: DIALECT,
    columns: roles.map((role) => ({ role, timeFormat: 'ymd', numberFormat: 'point' })),
    zoneOffsetMinutes: 480,
  };
  return { blob: blobOf(lines), name: 'orders.csv', plan: { kind: 'orders', mapping, customerRole, people } };
}
