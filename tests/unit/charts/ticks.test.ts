import { expect, it } from 'vitest';
import { thinTicks } from '../../../src/charts/ticks';

it('labels that would touch are left out', () => {
  const ticks = [0, 10, 40, 80].map((position) => ({ position, label: '王王' }));
  // 24 px wide each with 8 px between: the next may stand 32 px on.
  expect(thinTicks(ticks, 12).map((tick) => tick.position)).toEqual([0, 40, 80]);
});
