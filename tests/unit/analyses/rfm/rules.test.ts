import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinedScore, coverRules, DEFAULT_RULES, toFive, type Rule } from '../../../../src/analyses/rfm/rules';

const everywhere: Pick<Rule, 'recency' | 'frequency' | 'money' | 'combined'> = {
  recency: [1, 5],
  frequency: [1, 5],
  money: [1, 5],
  combined: [1, 5],
};

describe('the standard rules', () => {
  it.each(['segments', 'classes'] as const)(
    'name all 125 combinations of five %s exactly once, and every rule is reached',
    (naming) => {
      const coverage = coverRules(DEFAULT_RULES[naming], 5);
      expect(coverage.cells).toHaveLength(125);
      expect([coverage.gaps, coverage.overlaps, coverage.unreachable]).toEqual([[], [], []]);
    },
  );

  it.each([2, 3, 4, 10])('leave no combination of %i scores without a name', (bins) => {
    for (const rules of Object.values(DEFAULT_RULES)) {
      const coverage = coverRules(rules, bins);
      expect(coverage.cells).toHaveLength(bins ** 3);
      expect([coverage.gaps, coverage.overlaps]).toEqual([[], []]);
    }
  });

  it('give the corners of the map their well-known names', () => {
    const names = new Map(
      coverRules(DEFAULT_RULES.segments, 5).cells.map((cell) => [`${cell.r}${cell.f}${cell.m}`, cell.segment]),
    );
    expect(['555', '155', '511', '111', '333', '411', '211', '345', '254'].map((cell) => names.get(cell))).toEqual([
      'champions',
      'cant-lose',
      'new',
      'lost',
      'needs-attention',
      'promising',
      'hibernating',
      'loyal',
      'cant-lose',
    ]);
  });

  it('name the eight classes by high and low R, F and M', () => {
    const names = new Map(
      coverRules(DEFAULT_RULES.classes, 2).cells.map((cell) => [`${cell.r}${cell.f}${cell.m}`, cell.segment]),
    );
    expect(Object.fromEntries(names)).toEqual({
      222: 'high-value',
      122: 'key-keep',
      212: 'key-develop',
      112: 'key-win-back',
      221: 'general-value',
      121: 'general-keep',
      211: 'general-develop',
      111: 'potential',
    });
  });

  it('keep all eight classes within reach of mean scoring, and say which segments three scores cannot reach', () => {
    expect(coverRules(DEFAULT_RULES.classes, 2).unreachable).toEqual([]);
    const unreachable = coverRules(DEFAULT_RULES.segments, 3).unreachable.map(
      (index) => DEFAULT_RULES.segments[index]?.segment,
    );
    expect(unreachable).toEqual(['promising', 'hibernating']);
  });
});

describe('edited rules', () => {
  it('have a gap where no rule holds', () => {
    const coverage = coverRules([{ segment: 'champions', ...everywhere, recency: [2, 5] }], 5);
    expect(coverage.gaps.map(({ r }) => r)).toEqual(Array.from({ length: 25 }, () => 1));
  });

  it('overlap where several hold; the first names the cell, and one hidden by earlier ones is unreachable', () => {
    const coverage = coverRules(
      [
        { segment: 'loyal', ...everywhere, frequency: [3, 5] },
        { segment: 'lost', ...everywhere },
        { segment: 'new', ...everywhere, recency: [5, 5] },
      ],
      5,
    );
    const cell = coverage.cells.find(({ r, f, m }) => r === 5 && f === 4 && m === 1);
    expect([cell?.segment, cell?.rules]).toEqual(['loyal', [0, 1, 2]]);
    expect(coverage.unreachable).toEqual([2]);
    expect(coverage.overlaps).toHaveLength(5 * 3 * 5 + 2 * 5);
  });
});

describe('scores on the scale of five', () => {
  it('spreads other numbers of scores evenly, ends on ends', () => {
    const spread = (bins: number): number[] => Array.from({ length: bins }, (_, i) => toFive(i + 1, bins));
    expect([2, 3, 4, 5, 10].map(spread)).toEqual([
      [1, 5],
      [1, 3, 5],
      [1, 2, 4, 5],
      [1, 2, 3, 4, 5],
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
    ]);
  });

  it('takes frequency and money together as their mean, half rounded up, whichever is larger', () => {
    expect([combinedScore(5, 4), combinedScore(1, 2), combinedScore(1, 5), combinedScore(1, 1)]).toEqual([5, 2, 3, 1]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        (f, m) => combinedScore(f, m) === combinedScore(m, f),
      ),
    );
  });
});
