import type { FileMapping, Role } from '../file-preview';

/** The place of the column with the role; -1 when none has it. */
export function columnOf(mapping: FileMapping, role: Role): number {
  return mapping.columns.findIndex((column) => column.role === role);
}
