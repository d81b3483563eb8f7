/** How often the watch looks; a gap beyond this is time in which the page could not answer. */
const BEAT_MS = 5;

/** The longest stretch in which the page's thread did nothing but one thing, from now until `stop`. */
export function watchStalls(): { stop(): number } {
  let longestMs = 0;
  let lastBeat = performance.now();
  const beat = (): void => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - lastBeat - BEAT_MS);
    lastBeat = now;
  };
  const timer = setInterval(beat, BEAT_MS);
  return {
    stop: () => {
      clearInterval(timer);
      beat();
      return longestMs;
    },
  };
}
