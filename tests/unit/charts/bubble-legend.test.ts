import { describe, expect, it } from 'vitest';
import { layoutBubbleLegend, SWATCH_WIDTH } from '../../../src/charts/bubble-legend';

describe('the legend of squares', () => {
  it('says on one line what size and shade are, with the ends of the shade beside it', () => {
    const { texts, steps, squares, height } = layoutBubbleLegend('Customers', 'Per head', ['85', '4K'], 600, 40);
    expect(texts.map(({ text }) => text)).toEqual(['Customers', '85', '4K', 'Per head']);
    expect(new Set([...texts, ...steps, ...squares].map(({ y }) => y)).size).toBe(1);
    expect(squares[0]?.x).toBe(40 + 2.5);
    const [, low, high, name] = texts.map(({ x }) => x);
    const [first, last] = [steps[0]?.x ?? 0, (steps.at(-1)?.x ?? 0) + SWATCH_WIDTH];
    // Two digits of at least 0.5 em before the ramp; the greatest value and the name after it.
    expect(first - (low ?? 0)).toBeGreaterThan(12);
    expect(high).toBeGreaterThan(last);
    expect(name).toBeGreaterThan((high ?? 0) + 12);
    expect(height).toBe(20);
  });

  it('takes two lines where one is too narrow, and begins further left before it is cut', () => {
    const narrow = layoutBubbleLegend('Customers', 'Per head', ['85', '4K'], 200, 40);
    expect(narrow.height).toBe(40);
    expect(narrow.texts.map(({ y }) => y)).toEqual([10, 30, 30, 30]);
    expect(narrow.squares[0]?.x).toBeLessThan(40);
  });

  it('leaves the shade out where no cell has a value', () => {
    const { texts, steps } = layoutBubbleLegend('Customers', 'Per head', [], 400, 0);
    expect(steps).toEqual([]);
    expect(texts.map(({ text }) => text)).toEqual(['Customers']);
  });
});
