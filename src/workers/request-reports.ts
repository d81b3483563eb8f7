/** One request of a worker, as its own performance log has it. */
export interface WorkerRequest {
  readonly name: string;
  readonly initiatorType: string;
  readonly transferSize: number;
  /** Epoch milliseconds: a worker's own clock starts with the worker. */
  readonly startedAt: number;
}

export interface WorkerReport {
  readonly requests: readonly WorkerRequest[];
  /** What the policy refused: the directive and the address. */
  readonly refused: readonly string[];
}

/** Of this page alone: pages of the same origin share the names of channels. */
const CHANNEL = `silhouette-requests-${performance.timeOrigin}`;

/**
 * What every worker runs besides its script, since a page's performance log leaves out what its
 * workers ask for. A worker that is terminated may take its last requests with it unreported.
 */
export const REPORTING_SOURCE = `{
const channel = new BroadcastChannel(${JSON.stringify(CHANNEL)});
new PerformanceObserver((list) => {
  const requests = list.getEntries().map(({ name, initiatorType, transferSize, startTime }) =>
    ({ name, initiatorType, transferSize, startedAt: performance.timeOrigin + startTime }));
  channel.postMessage({ requests, refused: [] });
}).observe({ type: 'resource', buffered: true });
addEventListener('securitypolicyviolation', (event) =>
  channel.postMessage({ requests: [], refused: [event.effectiveDirective + ': ' + event.blockedURI] }));
}`;

/** Hears what this page's workers report. Returns the way to stop listening. */
export function onWorkerReport(listener: (report: WorkerReport) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event: MessageEvent<WorkerReport>) => listener(event.data);
  return () => channel.close();
}
