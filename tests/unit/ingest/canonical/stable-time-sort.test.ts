import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortByTime } from '../../../../src/ingest/canonical/stable-time-sort';

it('sorts a stretch by time, keeps equal times as they were and leaves the rest alone', () => {
  // Few different times, so that ties are many; long enough for several merges.
  const column = fc.array(fc.nat(9), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(column, fc.nat(50), fc.nat(50), (times, before, after) => {
      const length = before + times.length + after;
      const all = new Float64Array(length).map((_, i) => times[i - before] ?? -1);
      const places = new Int32Array(length).map((_, i) => i);
      sortByTime(places, before, before + times.length, all, new Int32Array(length));
      const middle = times.map((_, i) => before + i).sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
      const outside = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
      expect([...places]).toEqual([...outside(0, before), ...middle, ...outside(before + times.length, length)]);
    }),
  );
});
