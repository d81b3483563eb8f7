import { parquetSchema } from 'hyparquet/src/metadata.js';
import {
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  getTreePath,
  isListLike,
  isMapLike,
} from 'hyparquet/src/schema.js';
import type { FileMetaData, SchemaTree } from 'hyparquet/src/types.js';
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
  return root.children.flatMap((child) => columnsBelow(root, child, child.element.name, 0));
}

function columnsBelow(root: SchemaTree, node: SchemaTree, name: string, wrappings: number): TextColumn[] {
  const { repetition_type: repetition } = node.element;
  if (node.children.length === 0) {
    const leaf = leafColumn(root, node);
    return [{ name, leaves: [leaf], nested: repetition === 'REPEATED' ? { tree: node, wrappings } : null }];
  }
  if (repetition === 'REPEATED' || isListLike(node) || isMapLike(node)) {
    return [{ name, leaves: leavesBelow(root, node), nested: { tree: node, wrappings } }];
  }
  const inside = wrappings + (repetition === 'OPTIONAL' ? 1 : 0);
  return node.children.flatMap((child) => columnsBelow(root, child, `${name}.${child.element.name}`, inside));
}

function leavesBelow(root: SchemaTree, node: SchemaTree): LeafColumn[] {
  return node.children.length === 0
    ? [leafColumn(root, node)]
    : node.children.flatMap((child) => leavesBelow(root, child));
}

function leafColumn(root: SchemaTree, node: SchemaTree): LeafColumn {
  const schemaPath = getTreePath(root, node.path);
  return {
    path: node.path,
    schemaPath,
    element: node.element,
    mostDefinition: getMaxDefinitionLevel(schemaPath),
    mostRepetition: getMaxRepetitionLevel(schemaPath),
    form: formOfLeaf(node.element),
  };
}
