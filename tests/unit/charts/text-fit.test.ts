import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTextWidth, fitText, spreadLabels, widestText } from '../../../src/charts/text-fit';

describe('estimateTextWidth', () => {
  it('counts a Chinese character as one em', () => {
    expect(estimateTextWidth('冠军客户', 12)).toBe(48);
  });

  it('gives narrow letters less room than wide ones', () => {
    expect(estimateTextWidth('ill', 10)).toBeLessThan(estimateTextWidth('mum', 10));
    expect(widestText(['ill', 'mum'], 10)).toBe(estimateTextWidth('mum', 10));
    expect(widestText([], 10)).toBe(0);
  });
});

describe('fitText', () => {
  it('leaves a text that fits', () => {
    expect(fitText('不能失去', 48, 12)).toBe('不能失去');
  });

  it('cuts at a character and says so with an ellipsis', () => {
    // 12 px a character; the ellipsis counts as a Latin letter of 0.63 em = 7.56 px: 2 x 12 + 7.56 <= 36.
    expect(fitText('潜在忠诚客户', 36, 12)).toBe('潜在…');
  });

  it('gives nothing where no character fits', () => {
    expect(fitText('潜在忠诚客户', 10, 12)).toBe('');
  });

  it('does not cut a character of two code units in half', () => {
    expect(fitText('😀😀😀😀', 20, 12)).toBe('😀…');
  });
});

describe('spreadLabels', () => {
  it('leaves labels alone that are far enough apart', () => {
    expect(spreadLabels([10, 40, 90], 14, 0, 100)).toEqual([10, 40, 90]);
  });

  it('pushes neighbours apart and keeps their order, also when unsorted', () => {
    expect(spreadLabels([52, 50, 10], 14, 0, 100)).toEqual([64, 50, 10]);
  });

  it('pushes back up from the lower end', () => {
    expect(spreadLabels([95, 98], 14, 0, 100)).toEqual([86, 100]);
  });

  it('never lets two labels touch, nor leave the room, while there is room for all', () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.array(fastCheck.integer({ min: 0, max: 300 }), { maxLength: 12 }), (centres) => {
        const placed = spreadLabels(centres, 20, 0, 300).toSorted((a, b) => a - b);
        placed.forEach((centre, index) => {
          expect(centre).toBeGreaterThanOrEqual(0);
          expect(centre).toBeLessThanOrEqual(300);
          if (index > 0) expect(centre - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(20 - 1e-9);
        });
      }),
    );
  });
});
