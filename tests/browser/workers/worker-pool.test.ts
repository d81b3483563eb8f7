import { afterEach, describe, expect, it } from 'vitest';
import { spawnModuleWorker } from '../../../src/workers/spawn';
import { WorkerPool } from '../../../src/workers/worker-pool';
import type { EchoMethods } from '../../fixtures/echo.worker';
import echoUrl from '../../fixtures/echo.worker?worker&url';

let started = 0;
let pool: WorkerPool<EchoMethods>;

function newPool(size: number): WorkerPool<EchoMethods> {
  started = 0;
  pool = new WorkerPool<EchoMethods>(() => {
    started++;
    return spawnModuleWorker(echoUrl);
  }, size);
  return pool;
}

afterEach(() => pool.close());

describe('WorkerPool', () => {
  it('answers from a worker and uses it again', async () => {
    newPool(2);
    expect(await pool.run((worker) => worker.double(21))).toBe(42);
    expect(await pool.run((worker) => worker.double(4))).toBe(8);
    expect(started).toBe(1);
  });

  it('starts no more workers than its size and lets the rest wait', async () => {
    newPool(2);
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => pool.run((worker) => worker.double(n))));
    expect(answers).toEqual([2, 4, 6, 8, 10]);
    expect(started).toBe(2);
  });

  it('carries the code and facts of an error across', async () => {
    newPool(1);
    await expect(pool.run((worker) => worker.refuse())).rejects.toMatchObject({
      code: 'file-not-decodable',
      data: { line: 7 },
    });
    await expect(pool.run((worker) => worker.stumble())).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('cancels a call that never ends and serves the next with a new worker', async () => {
    newPool(1);
    const abort = new AbortController();
    const call = pool.run((worker) => worker.never(), abort.signal);
    setTimeout(() => abort.abort(), 200);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(await pool.run((worker) => worker.double(3))).toBe(6);
    expect(started).toBe(2);
  });

  it('notices a worker that has ended without a word', async () => {
    newPool(1);
    await expect(pool.run((worker) => worker.die())).rejects.toMatchObject({ code: 'worker-lost' });
    expect(await pool.run((worker) => worker.double(3))).toBe(6);
  });

  it('does not start a worker for a call that is cancelled already', async () => {
    newPool(1);
    await expect(pool.run((worker) => worker.double(1), AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(started).toBe(0);
  });
});

describe('spawnModuleWorker', () => {
  it('refuses a script of another origin', () => {
    newPool(1);
    expect(() => spawnModuleWorker('https://example.com/worker.js')).toThrow(RangeError);
  });
});
