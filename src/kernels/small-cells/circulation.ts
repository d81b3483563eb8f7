/**
 * One number of a table as an arc of a circulation: rows, columns and the outside are nodes, and what
 * flows into each of them flows out of it, which is the same as saying that the totals add up.
 */
export interface Arc {
  readonly tail: number;
  readonly head: number;
  readonly value: number;
  /** The least that a reader who sees this arc withheld knows it to be. */
  readonly least: number;
  /** Cost of withholding it; Infinity where it must stay. */
  readonly cost: number;
  withheld: boolean;
}

/** How far an arc can be moved, in shares of a unit: 1 raises it, -1 lowers it. */
export type Direction = 1 | -1;

/**
 * What a reader of the table can infer of its withheld numbers. A circulation keeps all sums exactly when
 * it is changed along cycles, so the largest change of one number is a maximum flow through the others,
 * and both ends of its interval are whole numbers that some table attains.
 *
 * @source J. P. Kelly, B. L. Golden, A. A. Assad (1992), Cell suppression: disclosure protection for
 *   sensitive tabular data, Networks 22; maximum flow by shortest augmenting paths (Edmonds and Karp 1972)
 */
export class Circulation {
  readonly arcs: readonly Arc[];
  readonly #around: readonly (readonly number[])[];
  /** Moved on each arc while a question is answered. */
  readonly #moved: Float64Array;

  constructor(nodes: number, arcs: readonly Arc[]) {
    this.arcs = arcs;
    const around: number[][] = Array.from({ length: nodes }, () => []);
    arcs.forEach((arc, i) => {
      around[arc.tail]?.push(i);
      if (arc.head !== arc.tail) around[arc.head]?.push(i);
    });
    this.#around = around;
    this.#moved = new Float64Array(arcs.length);
  }

  /** The smallest and largest value that a withheld arc can have beside what is published. Cost: two maximum flows. */
  intervalOf(index: number): { readonly least: number; readonly most: number } {
    const { value } = this.#arc(index);
    return { least: value - this.shift(index, -1, Infinity), most: value + this.shift(index, 1, Infinity) };
  }

  /** How far the arc can be moved in the direction, at most `wanted`. */
  shift(index: number, direction: Direction, wanted: number): number {
    this.#moved.fill(0);
    return this.#push(index, direction, Math.min(wanted, this.#own(index, direction)), false);
  }

  /**
   * Withholds further arcs, the cheapest first, until the arc can be moved by `wanted`. False when no
   * choice of them gets there; what was withheld on the way stays so.
   */
  widen(index: number, direction: Direction, wanted: number): boolean {
    if (this.#own(index, direction) < wanted) return false;
    this.#moved.fill(0);
    let reached = this.#push(index, direction, wanted, false);
    while (reached < wanted) {
      const gained = this.#push(index, direction, wanted - reached, true);
      if (gained === 0) return false;
      reached += gained + this.#push(index, direction, wanted - reached - gained, false);
    }
    return true;
  }

  #arc(index: number): Arc {
    const arc = this.arcs[index];
    if (arc === undefined) throw new RangeError(`invalid arc: ${index} (needs 0..${this.arcs.length - 1})`);
    return arc;
  }

  #own(index: number, direction: Direction): number {
    const { value, least } = this.#arc(index);
    return direction === 1 ? Infinity : Math.max(0, value - least);
  }

  /** What is left to move on an arc; 0 on one that is published, unless it may be withheld now. */
  #room(index: number, direction: Direction, mayWithhold: boolean): number {
    const arc = this.#arc(index);
    if (!arc.withheld && !(mayWithhold && arc.cost < Infinity)) return 0;
    const moved = this.#moved[index] ?? 0;
    return direction === 1 ? Infinity : Math.max(0, arc.value + moved - arc.least);
  }

  /**
   * Moves up to `wanted` around cycles through the arc, along withheld arcs by the fewest steps, or
   * (`mayWithhold`) along one cycle of least cost, whose arcs are withheld.
   */
  #push(index: number, direction: Direction, wanted: number, mayWithhold: boolean): number {
    const { tail, head } = this.#arc(index);
    const [from, to] = direction === 1 ? [head, tail] : [tail, head];
    if (from === to) return wanted;
    let pushed = 0;
    while (pushed < wanted) {
      const path = this.#cheapestPath(from, to, index, mayWithhold, wanted - pushed);
      if (path === null) break;
      const amount = path.reduce(
        (least, step) => Math.min(least, this.#room(step.arc, step.direction, mayWithhold)),
        wanted - pushed,
      );
      for (const step of path) {
        const arc = this.#arc(step.arc);
        this.#moved[step.arc] = (this.#moved[step.arc] ?? 0) + step.direction * (amount === Infinity ? 0 : amount);
        arc.withheld ||= mayWithhold;
      }
      pushed += amount;
      if (mayWithhold || amount === Infinity) break;
    }
    return pushed;
  }

  /** A way that carries all of `wanted` if there is one, else any way at all. */
  #cheapestPath(from: number, to: number, without: number, mayWithhold: boolean, wanted: number): Step[] | null {
    if (!mayWithhold) return this.#search(from, to, without, false, 1);
    return this.#search(from, to, without, true, wanted) ?? this.#search(from, to, without, true, 1);
  }

  /** Dijkstra over the nodes; there are few of them, so the nearest is found by looking at all. */
  #search(from: number, to: number, without: number, mayWithhold: boolean, room: number): Step[] | null {
    const nodes = this.#around.length;
    const distance = new Float64Array(nodes).fill(Infinity);
    const done = new Uint8Array(nodes);
    const by: (Step | undefined)[] = Array.from({ length: nodes });
    distance[from] = 0;
    for (;;) {
      const node = nearest(distance, done);
      if (node === -1) return null;
      if (node === to) return this.#wayBack(by, from, to);
      done[node] = 1;
      for (const index of this.#around[node] ?? []) {
        const arc = this.#arc(index);
        if (index === without) continue;
        const direction: Direction = arc.tail === node ? 1 : -1;
        const next = direction === 1 ? arc.head : arc.tail;
        if (done[next] === 1 || this.#room(index, direction, mayWithhold) < room) continue;
        const there = (distance[node] ?? 0) + (arc.withheld ? STEP_COST : arc.cost);
        if (there >= (distance[next] ?? Infinity)) continue;
        distance[next] = there;
        by[next] = { arc: index, direction };
      }
    }
  }

  #wayBack(by: readonly (Step | undefined)[], from: number, to: number): Step[] {
    const path: Step[] = [];
    for (let node = to; node !== from;) {
      const step = by[node];
      if (step === undefined) break;
      path.push(step);
      const arc = this.#arc(step.arc);
      node = step.direction === 1 ? arc.tail : arc.head;
    }
    return path;
  }
}

interface Step {
  readonly arc: number;
  readonly direction: Direction;
}

/** Of ways that withhold as much the shorter is taken. */
const STEP_COST = 1e-6;

function nearest(distance: Float64Array, done: Uint8Array): number {
  let best = -1;
  for (let node = 0; node < distance.length; node++) {
    if (done[node] === 1 || distance[node] === Infinity) continue;
    if (best === -1 || (distance[node] ?? 0) < (distance[best] ?? 0)) best = node;
  }
  return best;
}
