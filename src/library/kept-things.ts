export type KeptKind = 'database' | 'cache' | 'service-worker' | 'setting' | 'session';

/** One thing of ours that the browser keeps for this address. */
export interface KeptThing {
  readonly kind: KeptKind;
  /** Of a database or cache its name, of a service worker its scope, of a setting its key. */
  readonly name: string;
  /** The files in a cache; null for the other kinds. */
  readonly files: number | null;
}

/**
 * What the browser keeps of ours. Other sites of the same origin (all of `<owner>.github.io`) keep
 * theirs in the same place: what does not carry our name is left out, and so are the caches and the
 * service worker of a copy of the app in another folder. Databases and settings such copies share.
 */
export async function listKeptThings(): Promise<readonly KeptThing[]> {
  const lists = await Promise.all([serviceWorkers(), databases(), cached()]);
  return [...lists.flat(), ...keysOf(localStorage, 'setting'), ...keysOf(sessionStorage, 'session')];
}

/** Bytes kept for the whole origin, by the browser's own estimate; null where it gives none. */
export async function estimateBytesKept(): Promise<number | null> {
  // Undefined on a page that is not served securely.
  const storage = navigator.storage as StorageManager | undefined;
  return (await storage?.estimate())?.usage ?? null;
}

async function databases(): Promise<readonly KeptThing[]> {
  const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  return names.filter(isOurs).map((name) => ({ kind: 'database', name, files: null }));
}

async function cached(): Promise<readonly KeptThing[]> {
  if (!('caches' in globalThis)) return [];
  const names = (await caches.keys()).filter((name) => name.startsWith(`silhouette ${folder()} `));
  return Promise.all(
    names.map(async (name) => ({ kind: 'cache', name, files: (await (await caches.open(name)).keys()).length })),
  );
}

async function serviceWorkers(): Promise<readonly KeptThing[]> {
  if (!('serviceWorker' in navigator)) return [];
  return (await navigator.serviceWorker.getRegistrations())
    .filter(({ scope }) => scope === folder())
    .map(({ scope }) => ({ kind: 'service-worker', name: scope, files: null }));
}

function keysOf(storage: Storage, kind: KeptKind): readonly KeptThing[] {
  return Object.keys(storage)
    .filter(isOurs)
    .sort()
    .map((name) => ({ kind, name, files: null }));
}

function folder(): string {
  return new URL('.', document.baseURI).href;
}

function isOurs(name: string): boolean {
  return /^silhouette[-.]/.test(name);
}
