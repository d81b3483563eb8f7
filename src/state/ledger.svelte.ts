/** One request the page made, as the browser's own performance log tells it. */
export interface LedgerEntry {
  readonly address: string;
  readonly kind: string;
  /** Bytes over the network; 0 when it came from the cache. */
  readonly bytes: number;
  readonly startedMs: number;
  readonly foreign: boolean;
}

/**
 * Every request since the page began, and every attempt the page's policy refused. The log covers
 * the page; requests made inside a worker are bound by the same policy but not listed by browsers.
 */
export class Ledger {
  #entries = $state.raw<readonly LedgerEntry[]>([]);
  #refused = $state.raw<readonly string[]>([]);
  readonly #origin: string;

  constructor(page: Window & typeof globalThis) {
    this.#origin = page.location.origin;
    const observer = new page.PerformanceObserver((list) => {
      this.#entries = [...this.#entries, ...list.getEntries().map((entry) => this.#toEntry(entry))];
    });
    observer.observe({ type: 'navigation', buffered: true });
    observer.observe({ type: 'resource', buffered: true });
    page.document.addEventListener('securitypolicyviolation', (event) => {
      this.#refused = [...this.#refused, `${event.effectiveDirective}: ${event.blockedURI}`];
    });
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  get refused(): readonly string[] {
    return this.#refused;
  }

  get foreignCount(): number {
    return this.#entries.filter((entry) => entry.foreign).length;
  }

  #toEntry(entry: PerformanceEntry): LedgerEntry {
    const resource = entry as PerformanceResourceTiming;
    const local = /^(blob|data):/.test(entry.name) || new URL(entry.name).origin === this.#origin;
    return {
      address: entry.name,
      kind: resource.initiatorType,
      bytes: resource.transferSize,
      startedMs: entry.startTime,
      foreign: !local,
    };
  }
}
