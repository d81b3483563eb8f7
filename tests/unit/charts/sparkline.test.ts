import { describe, expect, it } from 'vitest';
import { layoutSparkline } from '../../../src/charts/sparkline';

describe('the sparkline', () => {
  it('runs from the lowest at the bottom to the highest at the top', () => {
    expect(layoutSparkline([0, 10, 5], 100, 20)).toEqual({ path: 'M0,20L50,0L100,10', end: { x: 100, y: 10 } });
  });

  it('is flat through the middle for equal values, and ends at the last known one', () => {
    expect(layoutSparkline([3, 3, null], 100, 20)).toEqual({ path: 'M0,10L50,10', end: { x: 50, y: 10 } });
    expect(layoutSparkline([null], 100, 20)).toEqual({ path: '', end: null });
  });
});
