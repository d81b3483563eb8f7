/** One file of the site as it was built. */
export interface SiteFile {
  /** From the site's root, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** What the first screen needs. */
  readonly isShell: boolean;
}

/** What the build tells the service worker about the site it serves. */
export interface SiteBuild {
  /** The same for the same bytes of every file. */
  readonly version: string;
  /** The Content Security Policy that the pages carry too. */
  readonly policy: string;
  readonly files: readonly SiteFile[];
}

/**
 * What a page asks of the service worker: the rest of the site, to take the place of the version before it, or, when it
 * goes, to forget what was kept.
 */
export type PageMessage = { readonly kind: 'store-all' | 'take-over' | 'forget' };

/** How the storing goes, told to every page. `interrupted` is taken up again by the next `store-all`. */
export type WorkerMessage =
  | { readonly kind: 'storing'; readonly bytes: number; readonly ofBytes: number }
  | { readonly kind: 'stored'; readonly bytes: number }
  | { readonly kind: 'interrupted' };
