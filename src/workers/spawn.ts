import { REPORTING_SOURCE } from './request-reports';

/**
 * A worker loaded from the network is not bound by the page's policy (a meta CSP reaches only what
 * the page itself holds), so every worker starts from a blob that loads the same-origin script.
 */
const policy = createPolicy();

/** The Web Lock each worker holds for as long as it lives. */
const lifeLocks = new WeakMap<Worker, string>();
let started = 0;

/** Starts a script of others' making; its console is shut, since an error's text may hold a value. */
export function spawnClassicWorker(scriptUrl: string): Worker {
  const url = JSON.stringify(sameOrigin(scriptUrl));
  return start(
    (lifeLock) => `${holdLock(lifeLock)}
${REPORTING_SOURCE}
for (const level of ['debug', 'info', 'log', 'warn', 'error']) console[level] = () => {};
const policy = self.trustedTypes?.createPolicy('silhouette-worker', { createScriptURL: (url) => url });
const url = ${url};
importScripts(policy ? policy.createScriptURL(url) : url);`,
    'classic',
  );
}

export function spawnModuleWorker(scriptUrl: string): Worker {
  const url = JSON.stringify(sameOrigin(scriptUrl));
  return start((lifeLock) => `import ${url};\n${holdLock(lifeLock)}\n${REPORTING_SOURCE}`, 'module');
}

/**
 * Calls `onDeath` once when the worker has ended for any reason, which no event tells: it waits for
 * the lock that the worker holds. Returns the way to stop watching. Without Web Locks (a page that
 * is not served securely) a death is only noticed through the worker's error event.
 */
export function watchWorker(worker: Worker, onDeath: () => void): () => void {
  const stop = new AbortController();
  whenAlive(worker, stop.signal)
    .then(() => waitForDeath(worker, onDeath, stop.signal))
    .catch(() => undefined);
  return () => stop.abort();
}

/** The same for a worker that is known to live, without a moment in which its death could be missed. */
export function watchLivingWorker(worker: Worker, onDeath: () => void): () => void {
  const stop = new AbortController();
  waitForDeath(worker, onDeath, stop.signal).catch(() => undefined);
  return () => stop.abort();
}

async function waitForDeath(worker: Worker, onDeath: () => void, signal: AbortSignal): Promise<void> {
  const lifeLock = lifeLocks.get(worker);
  if (lifeLock !== undefined && 'locks' in navigator) await navigator.locks.request(lifeLock, { signal }, onDeath);
}

/** Settles once the worker's script has run and it holds its lock; at once where there are no locks. */
export async function whenAlive(worker: Worker, signal?: AbortSignal): Promise<void> {
  const lifeLock = lifeLocks.get(worker);
  if (lifeLock === undefined || !('locks' in navigator)) return;
  for (let waitMs = 1; signal?.aborted !== true; waitMs = Math.min(50, waitMs * 2)) {
    const { held } = await navigator.locks.query();
    if (held?.some((info) => info.name === lifeLock) === true) return;
    await new Promise((next) => setTimeout(next, waitMs));
  }
}

function holdLock(lock: string): string {
  return `navigator.locks?.request(${JSON.stringify(lock)}, () => new Promise(() => {}));`;
}

function start(source: (lifeLock: string) => string, type: WorkerType): Worker {
  const lifeLock = `silhouette-worker-${performance.timeOrigin}-${started++}`;
  const blobUrl = URL.createObjectURL(new Blob([source(lifeLock)], { type: 'text/javascript' }));
  const worker = new Worker(policy === undefined ? blobUrl : (policy.createScriptURL(blobUrl) as string), { type });
  lifeLocks.set(worker, lifeLock);
  const revoke = (): void => URL.revokeObjectURL(blobUrl);
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
}

function sameOrigin(url: string): string {
  const absolute = new URL(url, document.baseURI);
  if (absolute.origin !== location.origin) throw new RangeError('invalid worker address: another origin');
  return absolute.href;
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): unknown;
}

function createPolicy(): ScriptUrlPolicy | undefined {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): ScriptUrlPolicy } })
    .trustedTypes;
  return factory?.createPolicy('silhouette', {
    createScriptURL: (url: string) => {
      if (url.startsWith(`blob:${location.origin}/`)) return url;
      throw new TypeError('invalid worker address: not a blob of this page');
    },
  });
}
