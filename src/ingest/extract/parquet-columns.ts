import { parquetSchema } from 'hyparquet/src/metadata.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, isListLike, isMapLike } from 'hyparquet/src/schema.js';
import type { FileMetaData, SchemaTree } from 'hyparquet';
import type { Leaf } from './parquet-page';
import { formOfLeaf, type ValueForm } from './parquet-values';

/** A leaf of the schema and how its values become text. */
export interface LeafColumn extends Leaf {
  /** Names from the top, as the chunks carry them. */
  readonly path: readonly string[];
  /** The schema from its root to the leaf. */
  readonly schemaPath: SchemaTree[];
  readonly form: ValueForm;
}

/**
 * A column of the text. Fields within fields are columns of their own, named `outer.inner`; lists and
 * maps are one column of JSON text, made of all leaves below them.
 */
export interface TextColumn {
  readonly name: string;
  readonly leaves: readonly LeafColumn[];
  /** The list or map; null for a single value. */
  readonly nested: NestedField | null;
}

export interface NestedField {
  readonly tree: SchemaTree;
  /** Fields around it that may be absent: each wraps the assembled value once more. */
  readonly wrappings: number;
}

/** The text's columns in the file's order. Throws when the schema is not whole. */
export function columnsOfSchema(metadata: FileMetaData): readonly TextColumn[] {
  const root = parquetSchema(metadata);
  return root.children.flatMap((child) => columnsBelow([root, child], child.element.name, 0));
}

/** @param way the schema from its root to the field */
function columnsBelow(way: readonly SchemaTree[], name: string, wrappings: number): TextColumn[] {
  const field = way[way.length - 1] as SchemaTree;
  const { repetition_type: repetition } = field.element;
  if (field.children.length === 0) {
    const nested = repetition === 'REPEATED' ? { tree: field, wrappings } : null;
    return [{ name, leaves: [leafColumn(way)], nested }];
  }
  if (repetition === 'REPEATED' || isListLike(field) || isMapLike(field)) {
    return [{ name, leaves: leavesBelow(way), nested: { tree: field, wrappings } }];
  }
  const inside = wrappings + (repetition === 'OPTIONAL' ? 1 : 0);
  return field.children.flatMap((child) => columnsBelow([...way, child], `${name}.${child.element.name}`, inside));
}

function leavesBelow(way: readonly SchemaTree[]): LeafColumn[] {
  const { children } = way[way.length - 1] as SchemaTree;
  return children.length === 0 ? [leafColumn(way)] : children.flatMap((child) => leavesBelow([...way, child]));
}

function leafColumn(way: readonly SchemaTree[]): LeafColumn {
  const { path, element } = way[way.length - 1] as SchemaTree;
  const schemaPath = [...way];
  return {
    path,
    schemaPath,
    element,
    mostDefinition: getMaxDefinitionLevel(schemaPath),
    mostRepetition: getMaxRepetitionLevel(schemaPath),
    form: formOfLeaf(element),
  };
}
