import { sum } from 'd3';
import { spreadLabels } from './text-fit';

export interface FlowNode {
  readonly key: string;
  readonly label: string;
  readonly color?: string | undefined;
}

/** How many moved from a node on the left to one on the right. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

export interface PlacedNode {
  readonly node: FlowNode;
  readonly value: number;
  readonly y: number;
  readonly height: number;
  /** Middle of the label, moved away from its neighbours. */
  readonly labelY: number;
}

export interface PlacedFlow {
  readonly flow: Flow;
  readonly path: string;
  readonly fromIndex: number;
  readonly toIndex: number;
}

export interface FlowsLayout {
  readonly left: readonly PlacedNode[];
  readonly right: readonly PlacedNode[];
  readonly flows: readonly PlacedFlow[];
}

const GAP = 6;
const LABEL_GAP = 15;
export const NODE_WIDTH = 10;

/**
 * Two columns of nodes joined by bands; heights on both sides are in one scale. Nodes keep their given
 * order and those without any flow are left out; bands leave and arrive in the order of the other side,
 * so that they cross as little as the order allows. `x0`..`x1` are the inner edges of the columns.
 */
export function layoutFlows(
  leftNodes: readonly FlowNode[],
  rightNodes: readonly FlowNode[],
  flows: readonly Flow[],
  x0: number,
  x1: number,
  height: number,
): FlowsLayout {
  const drawn = flows.filter(
    (flow) =>
      flow.value > 0 &&
      leftNodes.some((node) => node.key === flow.from) &&
      rightNodes.some((node) => node.key === flow.to),
  );
  const total = sum(drawn, (flow) => flow.value);
  const out = leftNodes.filter((node) => drawn.some((flow) => flow.from === node.key));
  const into = rightNodes.filter((node) => drawn.some((flow) => flow.to === node.key));
  const gaps = GAP * Math.max(0, Math.max(out.length, into.length) - 1);
  const perValue = total > 0 ? Math.max(0, height - gaps) / total : 0;
  const left = placeColumn(
    out,
    (key) =>
      sum(
        drawn.filter((flow) => flow.from === key),
        (flow) => flow.value,
      ),
    perValue,
    height,
  );
  const right = placeColumn(
    into,
    (key) =>
      sum(
        drawn.filter((flow) => flow.to === key),
        (flow) => flow.value,
      ),
    perValue,
    height,
  );
  return { left, right, flows: placeFlows(drawn, left, right, perValue, x0, x1) };
}

function placeColumn(
  nodes: readonly FlowNode[],
  valueOf: (key: string) => number,
  perValue: number,
  height: number,
): PlacedNode[] {
  const heights = nodes.map((node) => valueOf(node.key) * perValue);
  const gap = nodes.length > 1 ? (height - sum(heights)) / (nodes.length - 1) : 0;
  let y = 0;
  const tops = heights.map((nodeHeight) => {
    const top = y;
    y += nodeHeight + gap;
    return top;
  });
  const labels = spreadLabels(
    tops.map((top, index) => top + (heights[index] ?? 0) / 2),
    LABEL_GAP,
    LABEL_GAP / 2,
    height - LABEL_GAP / 2,
  );
  return nodes.map((node, index) => ({
    node,
    value: valueOf(node.key),
    y: tops[index] ?? 0,
    height: heights[index] ?? 0,
    labelY: labels[index] ?? 0,
  }));
}

function placeFlows(
  flows: readonly Flow[],
  left: readonly PlacedNode[],
  right: readonly PlacedNode[],
  perValue: number,
  x0: number,
  x1: number,
): PlacedFlow[] {
  const leftIndex = new Map(left.map((placed, index) => [placed.node.key, index]));
  const rightIndex = new Map(right.map((placed, index) => [placed.node.key, index]));
  const leaving = left.map((placed) => placed.y);
  const arriving = right.map((placed) => placed.y);
  const indexed = flows.map((flow) => ({
    flow,
    fromIndex: leftIndex.get(flow.from) ?? 0,
    toIndex: rightIndex.get(flow.to) ?? 0,
  }));
  const ordered = indexed.toSorted((a, b) => a.fromIndex - b.fromIndex || a.toIndex - b.toIndex);
  const starts = ordered.map(({ flow, fromIndex }) => {
    const start = leaving[fromIndex] ?? 0;
    leaving[fromIndex] = start + flow.value * perValue;
    return start;
  });
  const middle = (x0 + x1) / 2;
  return ordered.map(({ flow, fromIndex, toIndex }, index) => {
    const thickness = flow.value * perValue;
    const start = starts[index] ?? 0;
    const end = arriving[toIndex] ?? 0;
    arriving[toIndex] = end + thickness;
    const path =
      `M${x0},${start}C${middle},${start} ${middle},${end} ${x1},${end}` +
      `V${end + thickness}C${middle},${end + thickness} ${middle},${start + thickness} ${x0},${start + thickness}Z`;
    return { flow, path, fromIndex, toIndex };
  });
}
