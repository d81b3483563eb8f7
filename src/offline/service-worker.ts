import type { PageMessage, SiteBuild, SiteFile, WorkerMessage } from './offline-contract';

declare const self: ServiceWorkerGlobalScope;

/** Written above this text by .ci/service-worker.ts when the site is built. */
declare const BUILD: SiteBuild;

/**
 * The service worker, whole: it keeps the built site on the device and serves it from there, so that the app works
 * without a network. It asks for nothing but the files of its own build, each checked against the build's hash; it
 * adds the Content Security Policy to what it serves; to a request for another origin it answers with an error.
 * Your data never passes through it: the page reads files itself.
 */

const scope = self.registration.scope;
/** One origin may hold several copies of the site under different paths; each has caches of its own. */
const cachePrefix = `silhouette ${scope} `;
const cacheName = cachePrefix + BUILD.version;
const indexAddress = addressOf('index.html');
const siteFiles = new Map(BUILD.files.map((file) => [addressOf(file.path), file]));
const siteBytes = BUILD.files.reduce((sum, { bytes }) => sum + bytes, 0);
/** How long a page that goes may take to be gone, and one that is only loaded anew to be back. */
const GOODBYE_MS = 1000;
/** By which the files of one version are known again by the next. */
const HASH_HEADER = 'X-SHA-256';
let storingAll: Promise<void> | null = null;

self.addEventListener('install', (event) => {
  // A first visit is not kept waiting. An update is, so that it never leaves a device with less than it found.
  const isUpdate = self.registration.active !== null;
  event.waitUntil(store(isUpdate ? BUILD.files : BUILD.files.filter(({ isShell }) => isShell)));
});

self.addEventListener('message', (event) => {
  const answers = { 'store-all': storeAll, 'take-over': () => self.skipWaiting(), forget };
  event.waitUntil(answers[(event.data as PageMessage).kind]());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname === scope ? indexAddress : origin + pathname;
  if (origin !== self.location.origin) event.respondWith(refuse(event));
  else if ((request.method === 'GET' || request.method === 'HEAD') && isOurs(address))
    event.respondWith(serve(request, address));
});

function addressOf(path: string): string {
  return new URL(path, scope).href;
}

/** Everything under assets/ is the build's, of this version or of one that an older tab still runs. */
function isOurs(address: string): boolean {
  return siteFiles.has(address) || address.startsWith(addressOf('assets/'));
}

/** Stores what is missing, once for however many pages ask, and then serves the pages that were there before it. */
function storeAll(): Promise<void> {
  storingAll ??= store(BUILD.files, (bytes) => tell({ kind: 'storing', bytes, ofBytes: siteBytes }))
    .then(() => self.clients.claim())
    .then(deleteOtherVersions)
    .then(
      () => tell({ kind: 'stored', bytes: siteBytes }),
      () => tell({ kind: 'interrupted' }),
    )
    .finally(() => (storingAll = null));
  return storingAll;
}

/** Stores those of the files that are not stored yet. What is stored stays when a later one fails. */
async function store(files: readonly SiteFile[], onBytes?: (bytes: number) => Promise<void>): Promise<void> {
  const cache = await caches.open(cacheName);
  const stored = new Set((await cache.keys()).map(({ url }) => url));
  const isStored = (file: SiteFile): boolean => stored.has(addressOf(file.path));
  let bytes = BUILD.files.filter(isStored).reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files.filter((each) => !isStored(each))) {
    const before = bytes;
    const response = (await fromOtherVersion(file)) ?? (await download(file, (count) => onBytes?.(before + count)));
    await cache.put(addressOf(file.path), response);
    bytes += file.bytes;
    await onBytes?.(bytes);
  }
}

/** The file from the network, told in steps on the way. Throws when it is not there or not the build's. */
async function download(file: SiteFile, onBytes: (bytes: number) => unknown): Promise<Response> {
  const response = await fetch(addressOf(file.path), { cache: 'no-cache' });
  let bytes = 0;
  let told = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      bytes += chunk.byteLength;
      if (bytes - told < siteBytes / 100) return;
      told = bytes;
      onBytes(bytes);
    },
  });
  const content = await new Response(response.body?.pipeThrough(counting)).arrayBuffer();
  if (!response.ok || (await sha256(content)) !== file.sha256) throw new Error(`${file.path} is not of this build`);
  return withPolicy(response, content, file);
}

async function sha256(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same bytes as another version of the site has stored them, if one has. */
async function fromOtherVersion(file: SiteFile): Promise<Response | undefined> {
  for (const name of await otherCaches()) {
    const response = await caches.match(addressOf(file.path), { cacheName: name });
    if (response?.headers.get(HASH_HEADER) === file.sha256) return withPolicy(response, response.body, file);
  }
  return undefined;
}

/** The response with the policy on it; a file to be stored also with its hash. */
function withPolicy(response: Response, body: BodyInit | null, file?: SiteFile): Response {
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', BUILD.policy);
  if (file !== undefined) {
    headers.set(HASH_HEADER, file.sha256);
    headers.set('Content-Length', String(file.bytes));
    // Whatever a server chose by, here there is one answer.
    headers.delete('Vary');
  }
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** A request for a part gets the whole, as HTTP allows. */
async function serve(request: Request, address: string): Promise<Response> {
  const stored = await findStored(address);
  if (stored === undefined) return fromNetwork(request);
  const answer = request.method === 'HEAD' ? new Response(null, stored) : stored;
  // A stored page whose parts are not stored would ask for them of a server that may have newer ones by now.
  const mayBeOutdated = address === indexAddress && !(await isWhole());
  return mayBeOutdated ? fromNetwork(request).catch(() => answer) : answer;
}

/** Of this version, else of another: a tab that an update left behind goes on with the parts it was built with. */
async function findStored(address: string): Promise<Response | undefined> {
  for (const name of [cacheName, ...(await otherCaches())]) {
    const response = await caches.match(address, { cacheName: name });
    if (response !== undefined) return response;
  }
  return undefined;
}

async function isWhole(): Promise<boolean> {
  const cache = await caches.open(cacheName);
  return (await cache.keys()).length === BUILD.files.length;
}

async function fromNetwork(request: Request): Promise<Response> {
  const response = await fetch(request);
  // A redirect of a page, as to a sign-in, is the browser's to follow.
  return response.type === 'opaqueredirect' ? response : withPolicy(response, response.body);
}

/** Nothing goes to another origin from our pages and workers. Other sites that live under our path are not ours to bind. */
async function refuse(event: FetchEvent): Promise<Response> {
  const client = await self.clients.get(event.clientId);
  const isNeighbour = client?.type === 'window' && client.url.startsWith(scope) && !isOurPage(client);
  return isNeighbour ? fetch(event.request) : Response.error();
}

function isOurPage({ url }: Client): boolean {
  const { origin, pathname } = new URL(url);
  return [scope, indexAddress].includes(origin + pathname);
}

async function ourPages(): Promise<readonly Client[]> {
  return (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(isOurPage);
}

async function otherCaches(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(cachePrefix) && name !== cacheName);
}

/** The page that has just asked runs this version. Another one may run the version before, and then everything stays. */
async function deleteOtherVersions(): Promise<void> {
  const isNewerComing = self.registration.installing !== null || self.registration.waiting !== null;
  if (isNewerComing || (await ourPages()).length > 1) return;
  for (const name of await otherCaches()) await caches.delete(name);
}

/**
 * Deletes the databases of the app once its last page has gone, for a computer that others use too. A page that goes
 * cannot wait for this, and a browser may end a service worker at any time: what is left, the next visit deletes first.
 */
async function forget(): Promise<void> {
  await new Promise((next) => setTimeout(next, GOODBYE_MS));
  // Every page holds this lock while it lives (library/visits), and shares it with pages only.
  await self.navigator.locks.request('silhouette-visit', { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    for (const { name = '' } of await indexedDB.databases()) {
      if (name.startsWith('silhouette-')) await settled(indexedDB.deleteDatabase(name));
    }
  });
}

function settled(request: IDBRequest): Promise<void> {
  return new Promise((done) => {
    request.onsuccess = request.onerror = () => done();
  });
}

async function tell(message: WorkerMessage): Promise<void> {
  for (const page of await ourPages()) page.postMessage(message);
}
