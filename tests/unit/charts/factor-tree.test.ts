import { describe, expect, it } from 'vitest';
import { layoutFactorTree, type FactorNode } from '../../../src/charts/factor-tree';

const node = (key: string, contribution: number, children?: readonly FactorNode[]): FactorNode => ({
  key,
  label: key,
  before: '1',
  now: '2',
  change: '',
  contribution,
  ...(children === undefined ? {} : { children, operator: '×' as const }),
});
const tree = node('revenue', 90, [
  node('customers', -30),
  node('spending', 120, [node('orders', 60), node('value', 60)]),
]);

describe('a tree of factors', () => {
  it('has a column a level, each figure at the middle of those below it', () => {
    const { boxes, isList, height, links, operators } = layoutFactorTree(tree, 668);
    // Three columns of 200 with 34 between them; three leaves of 66 with 12 between them.
    expect([isList, height]).toEqual([false, 222]);
    expect(boxes.map(({ node: { key }, x, y, width }) => [key, x, y, width])).toEqual([
      ['revenue', 0, 58.5, 200],
      ['customers', 234, 0, 200],
      ['spending', 234, 117, 200],
      ['orders', 468, 78, 200],
      ['value', 468, 156, 200],
    ]);
    expect(links[0]).toEqual({ key: 'customers', path: 'M200 91.5H217V33H234' });
    expect(operators).toEqual([
      { key: 'revenue', sign: '×', x: 217, y: 91.5 },
      { key: 'spending', sign: '×', x: 451, y: 150 },
    ]);
  });

  it('draws contributions in proportion to the largest below the root', () => {
    expect(layoutFactorTree(tree, 668).boxes.map(({ contributionWidth }) => contributionWidth)).toEqual([
      150, 50, 200, 100, 100,
    ]);
    expect(layoutFactorTree(node('alone', 5), 300).boxes.map(({ contributionWidth }) => contributionWidth)).toEqual([
      0,
    ]);
  });

  it('is an indented list where it is narrow, and never wider than its place', () => {
    const { boxes, isList, height, links } = layoutFactorTree(tree, 358);
    expect([isList, height]).toEqual([true, 378]);
    expect(boxes.map(({ x, y, width }) => [x, y, width])).toEqual([
      [0, 0, 358],
      [18, 78, 340],
      [18, 156, 340],
      [36, 234, 322],
      [36, 312, 322],
    ]);
    expect(links.at(-1)).toEqual({ key: 'value', path: 'M27 222V345H36' });
    const [widest] = layoutFactorTree(tree, 2000).boxes;
    expect(widest?.width).toBe(230);
  });
});
