import { estimateTextWidth } from './text-fit';

export interface Tick {
  /** Pixels along the axis. */
  readonly position: number;
  readonly label: string;
}

/**
 * The ticks whose labels do not touch: the first is kept, then each that starts `gap` pixels after
 * the last kept one ends. Labels are centred on their position.
 */
export function thinTicks(ticks: readonly Tick[], fontSize: number, gap = 8): Tick[] {
  const kept: Tick[] = [];
  let end = -Infinity;
  for (const tick of ticks) {
    const half = estimateTextWidth(tick.label, fontSize) / 2;
    if (tick.position - half < end + gap) continue;
    kept.push(tick);
    end = tick.position + half;
  }
  return kept;
}
