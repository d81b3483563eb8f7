import { isCancel, throwIfAborted } from '../../core/errors';
import {
  isSameFilter,
  sliceCube,
  type BinFilter,
  type BrushCube,
  type FilteredFigures,
} from '../../kernels/crossfilter/brush-cube';
import type { RunContext, Source } from '../analysis';
import { AnalysisSession } from '../analysis-session.svelte';
import { scopeKey } from '../scope.sql';
import { crossfilter, filtersOf, runCrossfilter, type CrossfilterResult } from './crossfilter';
import type { CrossfilterParams } from './crossfilter-params';
import type { CubeWork } from './cube-work';
import { filterOf, type Filters } from './dimensions';

interface Held {
  readonly key: string;
  readonly result: CrossfilterResult;
  readonly work: CubeWork;
}

interface KnownCube {
  readonly cube: BrushCube;
  /** Those it was made under; that of its own dimension plays no part. */
  readonly filters: readonly BinFilter[];
}

/**
 * The customers of a scope, held by the cubes, and what is brushed. A cube of the dimension under the hand answers
 * each move at once; a cube of another is fetched when the hand comes near it. Commits are the steps of undo.
 */
export class CrossfilterSession extends AnalysisSession<CrossfilterParams, CrossfilterResult> {
  readonly #makeWork: () => CubeWork;
  readonly #suffix: string;
  #held: Held | null = null;
  #cube: KnownCube | null = null;
  #active = 0;
  #loadingFrom: CubeWork | null = null;
  #shown = $state.raw<CrossfilterResult | null>(null);
  #bins = $state.raw<readonly BinFilter[]>([]);
  #figures = $state.raw<FilteredFigures | null>(null);
  #past = $state.raw<readonly Filters[]>([]);
  #future = $state.raw<readonly Filters[]>([]);

  constructor(source: Source, makeWork: () => CubeWork, params: CrossfilterParams | null = null, suffix = '') {
    super(crossfilter, source, params);
    this.#makeWork = makeWork;
    this.#suffix = suffix;
  }

  /** Changes together with `filters` and `figures`, whose places are those of its dimensions. */
  override get result(): CrossfilterResult | null {
    return this.#shown;
  }

  /** One a dimension; while a brush is moved, those of the moment. */
  get filters(): readonly BinFilter[] {
    return this.#bins;
  }

  /** What the filters leave; null without a result. */
  get figures(): FilteredFigures | null {
    return this.#figures;
  }

  get isFiltered(): boolean {
    return this.#bins.some((filter) => filter !== null);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** The hand is near a dimension: what a brush there will ask is summed before it begins. */
  approach(place: number): void {
    this.#active = place;
    void this.#load();
  }

  /** Takes the bins of one dimension as they are at the moment. */
  brush(place: number, filter: BinFilter): void {
    this.#active = place;
    this.#bins = this.#bins.with(place, filter);
    this.#refresh();
  }

  /** The brush rests: what it chose becomes one of the parameters, and a step that can be undone. */
  commit(): void {
    const shown = this.#shown;
    if (shown === null) return;
    const before = this.params.filters;
    const known = filtersOf(shown.dimensions, before);
    const changed = shown.dimensions.flatMap((dimension, place) => {
      const filter = this.#bins[place] ?? null;
      return isSameFilter(filter, known[place] ?? null) ? [] : [[dimension.id, filterOf(dimension, filter)] as const];
    });
    if (changed.length > 0) this.#step({ ...before, ...Object.fromEntries(changed) });
  }

  /** Takes every brush away. */
  clear(): void {
    if (this.isFiltered) this.#step({});
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [this.params.filters, ...this.#future];
    this.change({ filters: before });
  }

  redo(): void {
    const [next, ...later] = this.#future;
    if (next === undefined) return;
    this.#past = [...this.#past, this.params.filters];
    this.#future = later;
    this.change({ filters: next });
  }

  override adopt(params: CrossfilterParams): void {
    super.adopt(params);
    if (this.#shown === null) return;
    this.#bins = filtersOf(this.#shown.dimensions, params.filters);
    this.#refresh();
  }

  override close(): void {
    super.close();
    this.#held?.work.close();
    this.#held = null;
  }

  protected override invalidate(): void {
    this.#held?.work.close();
    this.#held = null;
  }

  protected override async run(context: RunContext, params: CrossfilterParams): Promise<CrossfilterResult> {
    const key = scopeKey(context.scope);
    if (this.#held?.key === key) return this.#held.result;
    const work = this.#makeWork();
    try {
      const result = await runCrossfilter(context, params, work, this.#suffix);
      throwIfAborted(context.signal);
      this.#held?.work.close();
      this.#held = { key, result, work };
      this.#cube = null;
      this.#active = 0;
      this.#shown = result;
      this.#figures = result.figures;
      this.#bins = filtersOf(result.dimensions, this.params.filters);
      this.#refresh();
      return result;
    } catch (error) {
      work.close();
      throw error;
    }
  }

  #step(filters: Filters): void {
    this.#past = [...this.#past, this.params.filters];
    this.#future = [];
    this.change({ filters });
  }

  /** Figures from the cube there is, where it answers for the filters; otherwise once one has come. */
  #refresh(): void {
    const known = this.#cube;
    if (known !== null && this.#answers(known)) {
      this.#figures = sliceCube(known.cube, this.#bins[known.cube.active] ?? null);
    } else void this.#load();
  }

  #answers({ cube, filters }: KnownCube): boolean {
    return filters.every((filter, place) => place === cube.active || isSameFilter(filter, this.#bins[place] ?? null));
  }

  /** One cube at a time, until there is one of the active dimension under the filters as they are by then. */
  async #load(): Promise<void> {
    const held = this.#held;
    if (held === null || held.result.dimensions.length === 0 || this.#loadingFrom === held.work) return;
    this.#loadingFrom = held.work;
    try {
      while (this.#held === held && (this.#cube?.cube.active !== this.#active || !this.#answers(this.#cube))) {
        const filters = this.#bins;
        const cube = await held.work.cube(this.#active, filters);
        if (this.#held !== held) {
          // Closed while it was busy, the worker has not ended yet.
          held.work.close();
          return;
        }
        this.#cube = { cube, filters };
        if (this.#answers(this.#cube)) this.#figures = sliceCube(cube, this.#bins[cube.active] ?? null);
      }
    } catch (error) {
      // The worker has ended, and the customers with it: they are read once more.
      if (isCancel(error) || this.#held !== held) return;
      this.invalidate();
      this.retry();
    } finally {
      if (this.#loadingFrom === held.work) this.#loadingFrom = null;
    }
  }
}
