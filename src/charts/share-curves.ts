import { curveStepAfter, line } from 'd3';
import { spreadLabels } from './text-fit';

/** A share 0..1 that grows with a value, e.g. of those who came back within so many days. Points ascending. */
export interface ShareCurve {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dashed?: boolean | undefined;
  readonly points: readonly { readonly x: number; readonly share: number }[];
}

export interface PlacedShareCurve {
  readonly curve: ShareCurve;
  readonly path: string;
  /** Base line of the name, which ends at the right edge. */
  readonly labelY: number;
}

const LABEL_GAP = 14;

/**
 * The curves as steps from zero in a plot of width x height pixels, where 1 is the upper edge. A step holds until the next
 * point; points beyond `high` are left out and the last step runs to the edge. Names stand under the curves' ends.
 */
export function layoutShareCurves(
  curves: readonly ShareCurve[],
  toX: (x: number) => number,
  low: number,
  high: number,
  height: number,
): readonly PlacedShareCurve[] {
  const draw = line<{ readonly x: number; readonly share: number }>(
    ({ x }) => toX(x),
    ({ share }) => (1 - share) * height,
  )
    .curve(curveStepAfter)
    .digits(2);
  const drawn = curves.map(({ points }) => {
    const inside = points.filter(({ x }) => x > low && x <= high);
    const start = points.findLast(({ x }) => x <= low)?.share ?? 0;
    return [{ x: low, share: start }, ...inside, { x: high, share: inside.at(-1)?.share ?? start }];
  });
  const labels = spreadLabels(
    drawn.map((points) => (1 - (points.at(-1)?.share ?? 0)) * height + LABEL_GAP),
    LABEL_GAP,
    LABEL_GAP,
    height - 4,
  );
  return curves.map((curve, i) => ({ curve, path: draw(drawn[i] ?? []) ?? '', labelY: labels[i] ?? 0 }));
}
