import { expect, it } from 'vitest';
import { KeptResult } from '../../../src/analyses/kept-result';
import { createDeferred } from '../../../src/core/deferred';

it('makes a result once, and again only of something else or once it is forgotten', async () => {
  const kept = new KeptResult<number>();
  let made = 0;
  const make = () => Promise.resolve(++made);
  expect(await kept.of('a', make)).toBe(1);
  expect(await kept.of('a', make)).toBe(1);
  expect(await kept.of('b', make)).toBe(2);
  kept.forget();
  expect(await kept.of('b', make)).toBe(3);
});

it('does not keep what was being made when everything was forgotten', async () => {
  const kept = new KeptResult<string>();
  const { promise, resolve } = createDeferred<string>();
  const old = kept.of('a', () => promise);
  kept.forget();
  resolve('of the tables before');
  expect(await old).toBe('of the tables before');
  expect(await kept.of('a', () => Promise.resolve('of the tables now'))).toBe('of the tables now');
});
