import { describe, expect, it } from 'vitest';
import { layoutFlows } from '../../../src/charts/flows';

describe('flows', () => {
  const left = [
    { key: 'a', label: 'A' },
    { key: 'b', label: 'B' },
    { key: 'empty', label: 'E' },
  ];
  const layout = layoutFlows(
    left,
    left,
    [
      { from: 'b', to: 'a', value: 10 },
      { from: 'a', to: 'a', value: 30 },
      { from: 'a', to: 'b', value: 20 },
      { from: 'a', to: 'unknown', value: 99 },
      { from: 'empty', to: 'b', value: 0 },
    ],
    10,
    110,
    126,
  );

  it('has nodes as high as what passes through them, in one scale on both sides', () => {
    // 60 in all on 126 - 6 = 120 px: 2 px each.
    expect(layout.left.map(({ node, value, y, height }) => [node.key, value, y, height])).toEqual([
      ['a', 50, 0, 100],
      ['b', 10, 106, 20],
    ]);
    expect(layout.right.map(({ node, value, y, height }) => [node.key, value, y, height])).toEqual([
      ['a', 40, 0, 80],
      ['b', 20, 86, 40],
    ]);
  });

  it('stacks bands in the order of the other side', () => {
    expect(layout.flows.map(({ flow }) => `${flow.from}${flow.to}`)).toEqual(['aa', 'ab', 'ba']);
    // a->b leaves under a->a, at 60, and arrives at the top of b, at 86, 40 px thick.
    expect(layout.flows[1]?.path).toBe('M10,60C60,60 60,86 110,86V126C60,126 60,100 10,100Z');
  });

  it('of nothing are nothing', () => {
    expect(layoutFlows(left, left, [], 0, 100, 100)).toEqual({ left: [], right: [], flows: [] });
  });
});
