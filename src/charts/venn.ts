/** Circles of two or three sets, and the region of each exact combination of them. */

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Those in exactly the sets of `mask` (bit i = circle i). */
export interface VennRegion {
  readonly mask: number;
  /** An SVG path, to be filled by the even-odd rule; '' where the circles leave no such region. */
  readonly path: string;
  /** Square pixels; approximate to 0.1 %. */
  readonly area: number;
  /** The place with the most room for a label, and how many pixels it is from the nearest edge. */
  readonly label: { readonly x: number; readonly y: number; readonly room: number } | null;
}

export interface VennLayout {
  readonly circles: readonly Circle[];
  /** Masks 1 .. 2^sets - 1. */
  readonly regions: readonly VennRegion[];
}

/** The area that two circles have in common. Source: the lens of two circular segments. */
export function lensArea(a: number, b: number, distance: number): number {
  if (distance >= a + b) return 0;
  if (distance <= Math.abs(a - b)) return Math.PI * Math.min(a, b) ** 2;
  const segment = (radius: number, other: number): number => {
    const reach = (distance ** 2 + radius ** 2 - other ** 2) / (2 * distance);
    return radius ** 2 * Math.acos(reach / radius) - reach * Math.sqrt(Math.max(0, radius ** 2 - reach ** 2));
  };
  return segment(a, b) + segment(b, a);
}

/**
 * A distance at which two circles have `area` in common, by bisection: the lens shrinks as they part. Where
 * many would do, as for circles apart or one inside the other, their edges stay clear of each other.
 */
export function distanceForLens(a: number, b: number, area: number): number {
  const smaller = Math.PI * Math.min(a, b) ** 2;
  if (area <= smaller * 1e-9) return (a + b) * 1.03;
  if (area >= smaller * (1 - 1e-9)) return Math.abs(a - b) * 0.85;
  let near = Math.abs(a - b);
  let far = a + b;
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2;
    if (lensArea(a, b, middle) > area) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/**
 * Two or three circles in a box of `width` x `height` pixels. `sizes[mask]` counts those in exactly the sets
 * of the mask (index 0 is not read). Two circles are true to area, each and what they share. Three are true each,
 * and pair by pair as far as three distances make a triangle; what all three share follows from that.
 * Returns no circles where every size is 0.
 */
export function layoutVenn(sizes: readonly number[], width: number, height: number): VennLayout {
  const sets = Math.log2(sizes.length);
  if (sets !== 2 && sets !== 3) throw new RangeError(`invalid sizes: ${sizes.length} (needs 4 or 8)`);
  const together = (wanted: number): number =>
    sizes.reduce((sum, size, mask) => ((mask & wanted) === wanted ? sum + size : sum), 0);
  const radii = Array.from({ length: sets }, (_, set) => Math.sqrt(together(1 << set) / Math.PI));
  if (radii.every((radius) => radius === 0)) return { circles: [], regions: [] };
  const distance = (a: number, b: number): number =>
    distanceForLens(radii[a] ?? 0, radii[b] ?? 0, together((1 << a) | (1 << b)));
  const centres =
    sets === 2 ? centresOfTwo(distance(0, 1)) : centresOfThree(distance(0, 1), distance(0, 2), distance(1, 2));
  const circles = fitCircles(
    centres.map(([x, y], set) => ({ x, y, radius: radii[set] ?? 0 })),
    width,
    height,
  );
  const regions = sizes.slice(1).map((_, index) => regionOf(circles, index + 1));
  return { circles, regions };
}

type Centre = readonly [x: number, y: number];

function centresOfTwo(distance: number): readonly Centre[] {
  return [
    [0, 0],
    [distance, 0],
  ];
}

/** The first two on top, the third below. A distance too long for a triangle is shortened to the longest that closes it. */
function centresOfThree(first: number, second: number, third: number): readonly Centre[] {
  const [ab, ac, bc] = [
    Math.min(first, second + third),
    Math.min(second, first + third),
    Math.min(third, first + second),
  ];
  const x = ab === 0 ? 0 : (ab ** 2 + ac ** 2 - bc ** 2) / (2 * ab);
  return [
    [0, 0],
    [ab, 0],
    [x, Math.sqrt(Math.max(0, ac ** 2 - x ** 2))],
  ];
}

function fitCircles(circles: readonly Circle[], width: number, height: number): readonly Circle[] {
  const left = Math.min(...circles.map(({ x, radius }) => x - radius));
  const right = Math.max(...circles.map(({ x, radius }) => x + radius));
  const top = Math.min(...circles.map(({ y, radius }) => y - radius));
  const bottom = Math.max(...circles.map(({ y, radius }) => y + radius));
  const scale = Math.min(width / (right - left), height / (bottom - top));
  return circles.map(({ x, y, radius }) => ({
    x: width / 2 + (x - (left + right) / 2) * scale,
    y: height / 2 + (y - (top + bottom) / 2) * scale,
    radius: radius * scale,
  }));
}

/** Steps of the search for a label's place, along each side of the smallest circle's box. */
const STEPS = 96;

function regionOf(circles: readonly Circle[], mask: number): VennRegion {
  const isIn = (set: number): boolean => ((mask >> set) & 1) === 1;
  const inner = circles.filter((_, set) => isIn(set)).toSorted((a, b) => a.radius - b.radius)[0];
  const none = { mask, path: '', area: 0, label: null };
  if (inner === undefined || inner.radius === 0) return none;
  const depth = (x: number, y: number): number =>
    Math.min(
      ...circles.map((circle, set) => {
        const inside = circle.radius - Math.hypot(x - circle.x, y - circle.y);
        return isIn(set) ? inside : -inside;
      }),
    );
  const cell = (2 * inner.radius) / STEPS;
  let best = { x: 0, y: 0, room: 0 };
  let cells = 0;
  for (let row = 0; row < STEPS; row++) {
    for (let column = 0; column < STEPS; column++) {
      const x = inner.x - inner.radius + (column + 0.5) * cell;
      const y = inner.y - inner.radius + (row + 0.5) * cell;
      const room = depth(x, y);
      if (room > 0) cells++;
      // Halves of a mirrored shape differ in the last bits only: the first found stays.
      if (room > best.room + 1e-9) best = { x, y, room };
    }
  }
  return { mask, path: regionPath(circles, isIn), area: cells * cell ** 2, label: cells === 0 ? null : best };
}

interface Arc {
  readonly circle: Circle;
  readonly from: number;
  readonly to: number;
  /** Run backwards, with the region outside its circle. */
  readonly isOutside: boolean;
}

/** The edge of a region: the pieces of every circle between crossings that lie on it, joined end to end. */
function regionPath(circles: readonly Circle[], isIn: (set: number) => boolean): string {
  const arcs = circles.flatMap((circle, set): readonly Arc[] => {
    if (circle.radius === 0) return [];
    const angles = circles.flatMap((other) => (other === circle ? [] : crossings(circle, other)));
    const stops = [...new Set(angles)].sort((a, b) => a - b);
    const pieces =
      stops.length === 0
        ? [[0, 2 * Math.PI] as const]
        : stops.map((from, index) => [from, stops[index + 1] ?? (stops[0] ?? 0) + 2 * Math.PI] as const);
    return pieces
      .filter(([from, to]) => {
        const middle = (from + to) / 2;
        const [x, y] = pointOn(circle, middle);
        return circles.every((other, index) => {
          if (other === circle) return true;
          return Math.hypot(x - other.x, y - other.y) < other.radius === isIn(index);
        });
      })
      .map(([from, to]) =>
        isIn(set) ? { circle, from, to, isOutside: false } : { circle, from: to, to: from, isOutside: true },
      );
  });
  return joinArcs(arcs);
}

function pointOn(circle: Circle, angle: number): Centre {
  return [circle.x + circle.radius * Math.cos(angle), circle.y + circle.radius * Math.sin(angle)];
}

/** The angles on `circle` where `other` crosses it; none where they do not meet. */
function crossings(circle: Circle, other: Circle): readonly number[] {
  const [dx, dy] = [other.x - circle.x, other.y - circle.y];
  const distance = Math.hypot(dx, dy);
  if (distance >= circle.radius + other.radius || distance <= Math.abs(circle.radius - other.radius)) return [];
  const towards = Math.atan2(dy, dx);
  const spread = Math.acos((circle.radius ** 2 + distance ** 2 - other.radius ** 2) / (2 * circle.radius * distance));
  const turn = (angle: number): number => (angle + 4 * Math.PI) % (2 * Math.PI);
  return [turn(towards - spread), turn(towards + spread)];
}

/** Ends closer than this are one point. */
const SAME_POINT = 0.01;

function joinArcs(arcs: readonly Arc[]): string {
  const left = [...arcs];
  const loops: string[] = [];
  for (let start = left.shift(); start !== undefined; start = left.shift()) {
    const [x, y] = pointOn(start.circle, start.from);
    let path = `M${x} ${y}${drawArc(start)}`;
    let end = pointOn(start.circle, start.to);
    while (Math.hypot(end[0] - x, end[1] - y) > SAME_POINT) {
      const [endX, endY] = end;
      const next = left.findIndex(({ circle, from }) => {
        const [fromX, fromY] = pointOn(circle, from);
        return Math.hypot(fromX - endX, fromY - endY) <= SAME_POINT;
      });
      const arc = left.splice(next, next < 0 ? 0 : 1)[0];
      if (arc === undefined) break;
      path += drawArc(arc);
      end = pointOn(arc.circle, arc.to);
    }
    loops.push(`${path}Z`);
  }
  return loops.join('');
}

/** In two halves: an arc of a whole circle would end where it starts and draw nothing. */
function drawArc({ circle, from, to, isOutside }: Arc): string {
  const sweep = isOutside ? 0 : 1;
  return [(from + to) / 2, to]
    .map((angle) => {
      const [x, y] = pointOn(circle, angle);
      return `A${circle.radius} ${circle.radius} 0 0 ${sweep} ${x} ${y}`;
    })
    .join('');
}

/** True where a line of text `width` pixels wide stands inside a region whose nearest edge is `room` pixels away. */
export function numberFits(room: number, width: number): boolean {
  return Math.hypot(width / 2, 5) <= room * 1.15;
}
