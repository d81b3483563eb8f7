import { describe, expect, it } from 'vitest';
import { layoutWaterfall } from '../../../../../src/pages/room/identity/waterfall';

describe('layoutWaterfall', () => {
  it('lets each bar begin where the one before ended, on a scale that holds every sum and zero', () => {
    // Sums: 0, -6, 4, 2. The scale goes from -6 to 4, ten units wide.
    expect(layoutWaterfall([-6, 10, -2])).toEqual({
      zero: 60,
      total: 2,
      parts: [
        { start: 0, width: 60, isFor: false },
        { start: 0, width: 100, isFor: true },
        { start: 80, width: 20, isFor: false },
      ],
    });
  });

  it('has no width where nothing speaks for or against', () => {
    expect(layoutWaterfall([0, 0])).toEqual({
      zero: 50,
      total: 0,
      parts: [
        { start: 50, width: 0, isFor: false },
        { start: 50, width: 0, isFor: false },
      ],
    });
  });
});
