import { hierarchy, treemap, treemapSquarify } from 'd3';

export interface TreemapItem {
  readonly key: string;
  readonly label: string;
  /** Gives the tile its area; not negative. */
  readonly value: number;
  readonly color?: string | undefined;
  /** A second line, e.g. the share of revenue. */
  readonly detail?: string | undefined;
}

export interface Tile {
  readonly item: TreemapItem;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Branch {
  readonly children: readonly TreemapItem[];
}

/** Squarified tiles, largest first, 2 px apart. Items with no value have no tile. */
export function layoutTreemap(items: readonly TreemapItem[], width: number, height: number): Tile[] {
  const drawn = items.filter((item) => item.value > 0);
  if (drawn.length === 0 || width <= 0 || height <= 0) return [];
  const isLeaf = (node: Branch | TreemapItem): node is TreemapItem => 'value' in node;
  const root = hierarchy<Branch | TreemapItem>({ children: drawn }, (node) => (isLeaf(node) ? null : node.children))
    .sum((node) => (isLeaf(node) ? node.value : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  return treemap<Branch | TreemapItem>()
    .tile(treemapSquarify)
    .size([width, height])
    .paddingInner(2)(root)
    .leaves()
    .flatMap((leaf) =>
      isLeaf(leaf.data)
        ? { item: leaf.data, x: leaf.x0, y: leaf.y0, width: leaf.x1 - leaf.x0, height: leaf.y1 - leaf.y0 }
        : [],
    );
}
