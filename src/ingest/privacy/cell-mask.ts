import { mask, maskAs } from '../../core/masking';
import { isPersonalMeaning, meaningOf, type NamedColumn } from '../quality/column-meanings';
import { shownValue } from '../quality/shown-value';
import type { KindFound } from './kind-found';

/** What may be seen of a cell. */
export type CellMask = (cell: string) => string;

/** A column whose cells are about to be seen: what it was said to be, and what its values look like. */
export interface SeenColumn extends NamedColumn {
  /** The personal data found in it, the surest first. */
  readonly found: readonly KindFound[];
}

/**
 * How cells of a column are seen where nothing was decided about it: those of a person masked, of any other what is
 * evidently somebody's. A role goes before the name, and both before the values.
 */
export function cellMask(column: SeenColumn): CellMask {
  const meaning = meaningOf(column);
  const [surest] = column.found;
  if (meaning === null && surest !== undefined) return kindMask(surest.kind, column.found.length);
  const known = { meaning, type: 'text', isPersonal: isPersonalMeaning(meaning) } as const;
  return (cell) => shownValue(cell, known);
}

/** How cells are seen of a column that holds personal data of so many kinds, this one the surest. */
export function kindMask(kind: KindFound['kind'], kinds: number): CellMask {
  return kinds === 1 ? (cell) => maskAs(kind, cell) : mask;
}
