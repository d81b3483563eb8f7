/** What a request was for, in the order in which the ledger lists them: what should not be comes first. */
export const PURPOSES = [
  'elsewhere',
  'page',
  'program',
  'style',
  'icon',
  'engine',
  'worker',
  'reader',
  'offline',
  'check',
  'inside',
  'other',
] as const;

export type Purpose = (typeof PURPOSES)[number];

export interface Request {
  readonly address: string;
  /** The performance log's word for what asked: `script`, `fetch`, `navigation`. */
  readonly initiator: string;
  readonly isWorkers: boolean;
}

/** Purposes by the path of a file of ours; the first that fits counts. */
const BY_PATH: readonly (readonly [RegExp, Purpose])[] = [
  [/duckdb/, 'engine'],
  [/\.worker/, 'worker'],
  [/\.css$/, 'style'],
  [/\.(svg|png|ico)$/, 'icon'],
  [/(\.webmanifest|service-worker\.js)$/, 'offline'],
];

/** `inside` is what never left the page: its own blobs and data addresses. */
export function purposeOf({ address, initiator, isWorkers }: Request, origin: string): Purpose {
  const url = new URL(address);
  if (url.protocol === 'blob:' || url.protocol === 'data:') return 'inside';
  if (url.origin !== origin) return 'elsewhere';
  if (initiator === 'navigation') return 'page';
  const named = BY_PATH.find(([path]) => path.test(url.pathname));
  if (named !== undefined) return named[1];
  if (/\.(m?js|ts|svelte)$/.test(url.pathname)) return isWorkers ? 'reader' : 'program';
  return initiator === 'fetch' && /(\/|\.html)$/.test(url.pathname) ? 'check' : 'other';
}
