import { assembleLists, assembleNested } from 'hyparquet/src/assemble.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { isListLike, isMapLike } from 'hyparquet/src/schema.js';
import type { DecodedArray, SchemaTree } from 'hyparquet';
import type { LeafColumn, NestedField } from './parquet-columns';
import type { ChunkPages } from './parquet-page';
import { jsonOfValue, type StoredValue } from './parquet-values';

/** What assembling makes of JSON pieces: a piece, a list, or fields by name. */
type Assembled = string | null | undefined | readonly Assembled[] | { readonly [name: string]: Assembled };

/**
 * A row group's lists or maps as JSON text, one a row, null for a gap. Unlike single values these are
 * held for the whole row group: a list may go on from page to page.
 */
export function nestedTexts(
  field: NestedField,
  leaves: readonly LeafColumn[],
  pagesOf: (leaf: LeafColumn) => ChunkPages,
): readonly (string | null)[] {
  const byPath = new Map<string, DecodedArray>();
  for (const leaf of leaves) byPath.set(leaf.path.join('.'), assembleLeaf(leaf, pagesOf(leaf)));
  assembleNested(byPath, field.tree, DEFAULT_PARSERS, field.wrappings);
  const values = (byPath.get(field.tree.path.join('.')) ?? []) as readonly Assembled[];
  return values.map((value) => {
    let inner = value;
    for (let i = 0; i < field.wrappings; i++) inner = Array.isArray(inner) ? (inner[0] as Assembled) : null;
    return inner === null || inner === undefined ? null : jsonOf(field.tree, inner, false);
  });
}

/** The leaf's values as pieces of JSON in the lists that its levels tell. */
function assembleLeaf(leaf: LeafColumn, pages: ChunkPages): DecodedArray {
  const rows: unknown[] = [];
  for (let page = pages.next(); page !== null; page = pages.next()) {
    const { indices, values } = page;
    const pieces: string[] = [];
    const count = indices?.length ?? values.length;
    for (let i = 0; i < count; i++) {
      pieces.push(jsonOfValue(leaf.form, values[indices === null ? i : (indices[i] as number)] as StoredValue));
    }
    const definitions = page.definitions ?? new Uint8Array(page.length).fill(leaf.mostDefinition);
    const repetitions = page.repetitions ?? new Uint8Array(page.length);
    assembleLists(rows, Array.from(definitions), Array.from(repetitions), pieces, leaf.schemaPath);
  }
  return rows;
}

/** @param isOne true within a bare repeated field, whose list has been taken apart already */
function jsonOf(node: SchemaTree, value: Assembled, isOne: boolean): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return value;
  if (isListLike(node)) {
    const [middle] = node.children;
    const item = middle?.children.length === 1 ? middle.children[0] : middle;
    if (item === undefined || !Array.isArray(value)) throw new RangeError('list of another shape');
    return list(value as readonly Assembled[], (each) => jsonOf(item, each, true));
  }
  if (isMapLike(node)) {
    const inner = node.children[0]?.children[1];
    if (inner === undefined) throw new RangeError('map of another shape');
    const entries = Object.entries(value).map(([key, each]) => {
      const name = key.startsWith('"') ? key : JSON.stringify(key);
      return `${name}:${jsonOf(inner, each, false)}`;
    });
    return `{${entries.join(',')}}`;
  }
  if (node.element.repetition_type === 'REPEATED' && !isOne && Array.isArray(value)) {
    return list(value as readonly Assembled[], (each) => jsonOf(node, each, true));
  }
  const fields = value as { readonly [name: string]: Assembled };
  const entries = node.children.map(({ element, ...child }) => {
    return `${JSON.stringify(element.name)}:${jsonOf({ element, ...child }, fields[element.name], false)}`;
  });
  return `{${entries.join(',')}}`;
}

function list(values: readonly Assembled[], piece: (value: Assembled) => string): string {
  return `[${values.map(piece).join(',')}]`;
}
