import { wrap, type Remote } from 'comlink';
import { AppError, throwIfAborted } from '../core/errors';
import { createDeferred } from '../core/deferred';
import { unseal, type Envelope } from './envelope';
import { watchLivingWorker, whenAlive } from './spawn';

/** A method map as the page sees it: every answer is a promise of an envelope. */
type Sealed<Api> = {
  [K in keyof Api]: Api[K] extends (...args: infer A) => infer R ? (...args: A) => Envelope<Awaited<R>> : never;
};

interface Slot<Api> {
  readonly worker: Worker;
  readonly remote: Remote<Sealed<Api>>;
  /** Asked once a worker: each later call would pay a turn of the browser's lock manager. */
  isAlive: boolean;
}

/**
 * Up to `size` workers of one kind, started when first needed. Aborting a call terminates its worker
 * and the next call gets a new one; a worker that fails is dropped, never reused.
 */
export class WorkerPool<Api> {
  readonly #spawn: () => Worker;
  readonly #size: number;
  readonly #idle: Slot<Api>[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(spawn: () => Worker, size: number) {
    this.#spawn = spawn;
    this.#size = size;
  }

  /** Runs one call on a worker of its own. Throws the worker's AppError, `cancelled` or `worker-lost`. */
  async run<T>(call: (remote: Remote<Sealed<Api>>) => Promise<Envelope<T>>, signal?: AbortSignal): Promise<T> {
    throwIfAborted(signal);
    while (this.#running >= this.#size) await new Promise<void>((next) => this.#waiting.push(next));
    this.#running++;
    const slot = this.#idle.pop() ?? this.#start();
    const ended = createDeferred<never>();
    ended.promise.catch(() => undefined);
    const onError = (event: Event): void => ended.reject(new AppError('worker-lost', {}, event));
    const onAbort = (): void => ended.reject(new AppError('cancelled'));
    slot.worker.addEventListener('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    const settled = new AbortController();
    let reusable = false;
    try {
      throwIfAborted(signal);
      if (!slot.isAlive) await Promise.race([whenAlive(slot.worker, settled.signal), ended.promise]);
      slot.isAlive = true;
      const stopWatching = watchLivingWorker(slot.worker, () => ended.reject(new AppError('worker-lost')));
      settled.signal.addEventListener('abort', stopWatching);
      const envelope = await Promise.race([call(slot.remote), ended.promise]);
      reusable = true;
      return unseal(envelope);
    } finally {
      settled.abort();
      slot.worker.removeEventListener('error', onError);
      signal?.removeEventListener('abort', onAbort);
      if (reusable) this.#idle.push(slot);
      else slot.worker.terminate();
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** Terminates the idle workers; running calls end on their own. */
  close(): void {
    for (const slot of this.#idle.splice(0)) slot.worker.terminate();
  }

  #start(): Slot<Api> {
    const worker = this.#spawn();
    return { worker, remote: wrap<Sealed<Api>>(worker), isAlive: false };
  }
}

export { proxy, transfer } from 'comlink';
