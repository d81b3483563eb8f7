import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockPairs } from '../../../../src/kernels/identity/block-pairs';
import { byWeight, mutualBest } from '../../../../src/kernels/identity/linkage-pairs';

const LIMITS = { mostRecordsABlock: 50, mostPairs: 10_000 };
const codes = (...values: number[]): Int32Array => Int32Array.from(values);

describe('blockPairs', () => {
  it('finds each pair that shares a block of any rule, once, in order', () => {
    const blocks = fc.array(fc.tuple(fc.integer({ min: -1, max: 4 }), fc.integer({ min: -1, max: 4 })), {
      minLength: 1,
      maxLength: 25,
    });
    fc.assert(
      fc.property(blocks, (records) => {
        const rules = [0, 1].map((rule) => Int32Array.from(records, (record) => record[rule]!));
        const { left, right } = blockPairs(rules, LIMITS);
        const expected: string[] = [];
        for (let i = 0; i < records.length; i++) {
          for (let j = i + 1; j < records.length; j++) {
            if (rules.some((rule) => rule[i]! >= 0 && rule[i] === rule[j])) expected.push(`${i}-${j}`);
          }
        }
        expect([...left].map((i, pair) => `${i}-${right[pair]}`)).toEqual(expected);
      }),
    );
  });

  it('passes over a block that is too large, and says so', () => {
    const found = blockPairs([codes(7, 7, 7, 2, 2, -1)], { mostRecordsABlock: 2, mostPairs: 100 });
    expect([[...found.left], [...found.right]]).toEqual([[3], [4]]);
    expect([[...found.skippedBlocks], [...found.skippedRecords]]).toEqual([[1], [3]]);
    expect(found.isCut).toBe(false);
  });

  it('stops at the most pairs it may find, and says so', () => {
    const found = blockPairs([codes(1, 1, 1, 1)], { mostRecordsABlock: 10, mostPairs: 4 });
    expect(found.left.length).toBe(4);
    expect(found.isCut).toBe(true);
  });

  it('has no pairs of no records, and refuses limits that allow none', () => {
    expect(blockPairs([codes()], LIMITS).left.length).toBe(0);
    expect(() => blockPairs([codes()], { ...LIMITS, mostRecordsABlock: 1 })).toThrow(RangeError);
    expect(() => blockPairs([codes()], { ...LIMITS, mostPairs: 0 })).toThrow(RangeError);
  });
});

describe('the order of pairs', () => {
  const [left, right] = [codes(0, 0, 2), codes(1, 2, 3)];

  it('is by weight, then by place', () => {
    expect([...byWeight(left, right, Float64Array.of(1, 5, 1))]).toEqual([1, 0, 2]);
  });

  it('marks pairs that are the best of both sides', () => {
    expect([...mutualBest(4, left, right, Float64Array.of(3, 5, 4))]).toEqual([0, 1, 0]);
    expect([...mutualBest(4, left, right, Float64Array.of(3, 2, 4))]).toEqual([1, 0, 1]);
  });
});
