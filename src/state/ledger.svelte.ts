import { onWorkerReport } from '../workers/request-reports';
import { PURPOSES, purposeOf, type Purpose, type Request } from './request-purpose';

/** One request, as the browser's own performance log tells it. */
export interface LedgerEntry {
  readonly address: string;
  readonly purpose: Purpose;
  readonly isWorkers: boolean;
  /** Bytes over the network; 0 when it came from the cache. */
  readonly bytes: number;
  /** Since the page began. */
  readonly startedMs: number;
}

export interface LedgerGroup {
  readonly purpose: Purpose;
  readonly entries: readonly LedgerEntry[];
  readonly bytes: number;
}

/**
 * Every request of the page and of the workers it started, and every attempt that the page's policy
 * refused. Not in it: the service worker's own requests, and what a worker asked for in the moment
 * before it was terminated.
 */
export class Ledger {
  #entries = $state.raw<readonly LedgerEntry[]>([]);
  #refused = $state.raw<readonly string[]>([]);
  readonly #groups = $derived(toGroups(this.#entries));
  readonly #origin: string;

  constructor(page: Window & typeof globalThis) {
    this.#origin = page.location.origin;
    const addOwn = (entries: PerformanceEntryList): void =>
      this.#add(
        (entries as PerformanceResourceTiming[]).map((entry) => ({
          address: entry.name,
          initiator: entry.initiatorType,
          isWorkers: false,
          bytes: entry.transferSize,
          startedMs: entry.startTime,
        })),
      );
    // Observed, the navigation would be told twice: now and when the page has loaded.
    addOwn(page.performance.getEntriesByType('navigation'));
    new page.PerformanceObserver((list) => addOwn(list.getEntries())).observe({ type: 'resource', buffered: true });
    page.document.addEventListener('securitypolicyviolation', (event) =>
      this.#refuse([`${event.effectiveDirective}: ${event.blockedURI}`]),
    );
    onWorkerReport(({ requests, refused }) => {
      this.#add(
        requests.map((request) => ({
          address: request.name,
          initiator: request.initiatorType,
          isWorkers: true,
          bytes: request.transferSize,
          startedMs: request.startedAt - page.performance.timeOrigin,
        })),
      );
      this.#refuse(refused);
    });
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** The entries by what they were for; a purpose without any is left out. */
  get groups(): readonly LedgerGroup[] {
    return this.#groups;
  }

  get refused(): readonly string[] {
    return this.#refused;
  }

  get foreignCount(): number {
    return this.#entries.filter((entry) => entry.purpose === 'elsewhere').length;
  }

  #add(requests: readonly (Request & { readonly bytes: number; readonly startedMs: number })[]): void {
    const added = requests.map(({ initiator, ...request }) => ({
      ...request,
      purpose: purposeOf({ initiator, ...request }, this.#origin),
    }));
    this.#entries = [...this.#entries, ...added];
  }

  #refuse(refused: readonly string[]): void {
    this.#refused = [...this.#refused, ...refused];
  }
}

function toGroups(entries: readonly LedgerEntry[]): readonly LedgerGroup[] {
  return PURPOSES.map((purpose) => {
    const own = entries.filter((entry) => entry.purpose === purpose);
    return { purpose, entries: own, bytes: own.reduce((sum, entry) => sum + entry.bytes, 0) };
  }).filter((group) => group.entries.length > 0);
}
