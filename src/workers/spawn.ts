/**
 * A worker loaded from the network is not bound by the page's policy (a meta CSP reaches only what
 * the page itself holds), so every worker starts from a blob that loads the same-origin script.
 */
const policy = createPolicy();

export function spawnClassicWorker(scriptUrl: string): Worker {
  const url = JSON.stringify(sameOrigin(scriptUrl));
  return start(
    `const policy = self.trustedTypes?.createPolicy('silhouette-worker', { createScriptURL: (url) => url });
const url = ${url};
importScripts(policy ? policy.createScriptURL(url) : url);`,
    'classic',
  );
}

export function spawnModuleWorker(scriptUrl: string): Worker {
  return start(`import ${JSON.stringify(sameOrigin(scriptUrl))};`, 'module');
}

function start(source: string, type: WorkerType): Worker {
  const blobUrl = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(policy === undefined ? blobUrl : (policy.createScriptURL(blobUrl) as string), { type });
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
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): ScriptUrlPolicy } }).trustedTypes;
  return factory?.createPolicy('silhouette', {
    createScriptURL: (url: string) => {
      if (url.startsWith(`blob:${location.origin}/`)) return url;
      throw new TypeError('invalid worker address: not a blob of this page');
    },
  });
}
