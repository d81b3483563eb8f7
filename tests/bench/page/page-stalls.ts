/** How often the watch looks; a gap beyond this is time in which the page could not answer. */
const BEAT_MS = 5;

export interface Stalls {
  /**
   * The longest gap between two beats of a timer: tasks of the page, and moments in which the
   * machine gave the page no processor at all.
   */
  readonly longestGapMs: number;
  /** The longest task of the page itself, as the browser reports those over 50 ms; 0 = none. */
  readonly longestTaskMs: number;
}

/** Watches the page's thread from now until `stop`. */
export function watchStalls(): { stop(): Promise<Stalls> } {
  let longestGapMs = 0;
  let longestTaskMs = 0;
  let lastBeat = performance.now();
  const beat = (): void => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - lastBeat - BEAT_MS);
    lastBeat = now;
  };
  const timer = setInterval(beat, BEAT_MS);
  const observer = new PerformanceObserver((list) => {
    for (const task of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, task.duration);
  });
  observer.observe({ type: 'longtask' });
  return {
    stop: async () => {
      clearInterval(timer);
      beat();
      // Long tasks are reported a little after they ended.
      await new Promise((next) => setTimeout(next, 100));
      observer.disconnect();
      return { longestGapMs, longestTaskMs };
    },
  };
}
