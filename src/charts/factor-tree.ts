import { hierarchy, type HierarchyNode } from 'd3';

/** A figure of a tree in which each is the sum or the product of those below it. Texts come formatted. */
export interface FactorNode {
  readonly key: string;
  readonly label: string;
  readonly before: string;
  readonly now: string;
  /** How far the figure itself moved, e.g. "+4.2%". */
  readonly change: string;
  /** What it contributes to the change of the root, in the root's unit. */
  readonly contribution: number;
  /** How those below make it up. */
  readonly operator?: '×' | '+' | undefined;
  readonly children?: readonly FactorNode[] | undefined;
  /** False where nothing stands behind it that could be opened. */
  readonly opens?: boolean | undefined;
}

export interface FactorBox {
  readonly node: FactorNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Pixels of the line under the figure: its contribution in proportion to the largest but the root's. */
  readonly contributionWidth: number;
}

export interface FactorLink {
  readonly path: string;
  readonly key: string;
}

export interface FactorTreeLayout {
  /** A row a figure, indented, where the columns would be too narrow. */
  readonly isList: boolean;
  readonly boxHeight: number;
  readonly height: number;
  /** From the root down, each before those below it. */
  readonly boxes: readonly FactorBox[];
  readonly links: readonly FactorLink[];
  /** Where the signs between a figure and those below it stand. */
  readonly operators: readonly {
    readonly key: string;
    readonly sign: string;
    readonly x: number;
    readonly y: number;
  }[];
}

const BOX_HEIGHT = 66;
const ROW_GAP = 12;
const COLUMN_GAP = 34;
const INDENT = 18;
const LEAST_BOX_WIDTH = 138;
const MOST_BOX_WIDTH = 230;

/**
 * Lays out the tree in `width` pixels: a column a level, from the left, each figure at the middle of those below it; as an
 * indented list where a box would be narrower than 138 pixels.
 */
export function layoutFactorTree(root: FactorNode, width: number): FactorTreeLayout {
  const tree = hierarchy(root, ({ children }) => children);
  const columns = tree.height + 1;
  const columnWidth = Math.min(MOST_BOX_WIDTH, (width - (columns - 1) * COLUMN_GAP) / columns);
  const isList = columnWidth < LEAST_BOX_WIDTH;
  const nodes: HierarchyNode<FactorNode>[] = [];
  tree.eachBefore((node) => nodes.push(node));
  const leaves = tree.leaves();
  const rowOf = (node: HierarchyNode<FactorNode>): number => {
    const children = node.children;
    const [first, last] = [children?.[0], children?.at(-1)];
    return first === undefined || last === undefined ? leaves.indexOf(node) : (rowOf(first) + rowOf(last)) / 2;
  };
  const pitch = BOX_HEIGHT + ROW_GAP;
  const most = Math.max(...nodes.slice(1).map(({ data }) => Math.abs(data.contribution)), 0);
  const places = new Map(
    nodes.map((node, index) => [
      node,
      isList
        ? { x: node.depth * INDENT, y: index * pitch, width: Math.max(8, width - node.depth * INDENT) }
        : { x: node.depth * (columnWidth + COLUMN_GAP), y: rowOf(node) * pitch, width: columnWidth },
    ]),
  );
  const placeOf = (node: HierarchyNode<FactorNode>) => places.get(node) ?? { x: 0, y: 0, width: 0 };
  const inner = nodes.filter(({ children }) => children !== undefined);
  return {
    isList,
    boxHeight: BOX_HEIGHT,
    height: (isList ? nodes.length : leaves.length) * pitch - ROW_GAP,
    boxes: nodes.map((node) => {
      const place = placeOf(node);
      const share = most > 0 ? Math.min(1, Math.abs(node.data.contribution) / most) : 0;
      return { node: node.data, ...place, contributionWidth: share * place.width };
    }),
    links: inner.flatMap((node) =>
      (node.children ?? []).map((child) => {
        const [from, to] = [placeOf(node), placeOf(child)];
        const middle = to.y + BOX_HEIGHT / 2;
        const turn = isList ? from.x + INDENT / 2 : from.x + from.width + COLUMN_GAP / 2;
        const begin = isList
          ? `M${turn} ${from.y + BOX_HEIGHT}`
          : `M${from.x + from.width} ${from.y + BOX_HEIGHT / 2}H${turn}`;
        return { key: child.data.key, path: `${begin}V${middle}H${to.x}` };
      }),
    ),
    operators: inner.flatMap((node) => {
      const { operator, key } = node.data;
      if (operator === undefined) return [];
      const { x, y, width: own } = placeOf(node);
      return isList
        ? [{ key, sign: operator, x: x + INDENT / 2, y: y + BOX_HEIGHT + ROW_GAP / 2 }]
        : [{ key, sign: operator, x: x + own + COLUMN_GAP / 2, y: y + BOX_HEIGHT / 2 }];
    }),
  };
}
