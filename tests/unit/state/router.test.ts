import { describe, expect, it } from 'vitest';
import { hashOf, parseRoute, ROUTES } from '../../../src/state/router.svelte';

describe('routes', () => {
  it('come back from the hash they make', () => {
    expect(ROUTES.map((route) => parseRoute(hashOf(route)))).toEqual([...ROUTES]);
  });

  it('fall back to the start for anything else, hostile or old', () => {
    const hashes = ['', '#', '#/', '#/nothing', '#/RFM', '#/__proto__', '#/<script>', 'rfm', '#/constructor'];
    expect(new Set(hashes.map(parseRoute))).toEqual(new Set(['start']));
  });

  it('ignore what follows the name', () => {
    expect(parseRoute('#/rfm?x=1')).toBe('rfm');
  });
});
