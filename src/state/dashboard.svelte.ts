import type { AnalysisId } from '../analyses/registry';
import {
  EMPTY_DASHBOARD,
  MOST_CHARTS,
  settledParams,
  type DashboardRecipe,
  type PinnedChart,
} from './recipe/dashboard-recipe';
import { UndoHistory } from './undo-history.svelte';
import type { UndoLine } from './undo-line.svelte';

/** Changes of parameters closer together than this are one. */
const ONE_CHANGE_MS = 800;

/** Which chart of which analysis, with the parameters it is seen with. */
export interface ChartChoice {
  readonly analysis: AnalysisId;
  readonly chart: string;
  readonly params: unknown;
}

/** What a person writes and chooses about a pinned chart. */
export type ChartWords = Partial<Pick<PinnedChart, 'title' | 'note' | 'width'>>;

/** The page that a person composes of charts, with undo and redo. What it holds belongs to the recipe. */
export class Dashboard {
  readonly #edits: UndoLine | undefined;
  readonly #history = new UndoHistory<DashboardRecipe>(EMPTY_DASHBOARD);
  /** When the newest change was one of parameters; long ago where it was another. */
  #draggedAtMs = Number.NEGATIVE_INFINITY;

  /** @param edits where changes are noted, for undo over the whole recipe */
  constructor(edits?: UndoLine) {
    this.#edits = edits;
  }

  get recipe(): DashboardRecipe {
    return this.#history.present;
  }

  /** '' = not given. */
  get title(): string {
    return this.recipe.title;
  }

  get charts(): readonly PinnedChart[] {
    return this.recipe.charts;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** True when the chart is on the dashboard with these very parameters. */
  isPinned({ analysis, chart, params }: ChartChoice): boolean {
    const wanted = nameOf(analysis, chart, settledParams(analysis, params));
    return this.charts.some((pinned) => nameOf(pinned.analysis, pinned.chart, pinned.params) === wanted);
  }

  /** Puts a chart at the end; false when its parameters hold a mistake, it is there already, or the dashboard is full. */
  pin(choice: ChartChoice): boolean {
    const { analysis, chart } = choice;
    const params = settledParams(analysis, choice.params);
    if (params === null || this.charts.length >= MOST_CHARTS || this.isPinned(choice)) return false;
    const id = `c${1 + Math.max(0, ...this.charts.map((pinned) => Number(pinned.id.slice(1))))}`;
    this.#set({ charts: [...this.charts, { id, analysis, chart, params, title: '', note: '', width: 'half' }] });
    return true;
  }

  setTitle(title: string): void {
    if (title !== this.title) this.#set({ title });
  }

  change(id: string, words: ChartWords): void {
    const before = this.charts.find((chart) => chart.id === id);
    if (before === undefined) return;
    const after = { ...before, ...words };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    this.#set({ charts: this.charts.map((chart) => (chart === before ? after : chart)) });
  }

  /**
   * Takes the parameters that were changed in one of the charts, for every chart that was of the same ones. Changes
   * that follow each other closely are one, such as those of a limit that is dragged.
   */
  changeParams({ analysis, params: before }: PinnedChart, params: unknown): void {
    const after = settledParams(analysis, params);
    const old = JSON.stringify(before);
    if (after === null || JSON.stringify(after) === old) return;
    const charts = this.charts.map((chart) =>
      chart.analysis === analysis && JSON.stringify(chart.params) === old ? { ...chart, params: after } : chart,
    );
    const nowMs = performance.now();
    const isSame = nowMs - this.#draggedAtMs < ONE_CHANGE_MS;
    if (isSame) this.#history.undo();
    this.#history.set({ ...this.recipe, charts });
    if (!isSame) this.#edits?.note(this);
    this.#draggedAtMs = nowMs;
  }

  /** Puts a chart at a place in the order, 0 the first; a place beyond either end is that end. */
  move(id: string, place: number): void {
    const from = this.charts.findIndex((chart) => chart.id === id);
    const chart = this.charts[from];
    const to = Math.max(0, Math.min(this.charts.length - 1, place));
    if (chart === undefined || to === from) return;
    this.#set({ charts: this.charts.toSpliced(from, 1).toSpliced(to, 0, chart) });
  }

  remove(id: string): void {
    const charts = this.charts.filter((chart) => chart.id !== id);
    if (charts.length < this.charts.length) this.#set({ charts });
  }

  /** Takes a dashboard over, as from a recipe; what was done before cannot be undone any more. */
  adopt(recipe: DashboardRecipe): void {
    this.#history.reset(recipe);
    this.#draggedAtMs = Number.NEGATIVE_INFINITY;
    this.#edits?.forget(this);
  }

  undo(): void {
    this.#draggedAtMs = Number.NEGATIVE_INFINITY;
    if (this.#history.undo()) this.#edits?.tookBack(this);
  }

  redo(): void {
    if (this.#history.redo()) this.#edits?.didAgain(this);
  }

  #set(change: Partial<DashboardRecipe>): void {
    this.#draggedAtMs = Number.NEGATIVE_INFINITY;
    this.#history.set({ ...this.recipe, ...change });
    this.#edits?.note(this);
  }
}

/** The same for the same chart of the same parameters. */
function nameOf(analysis: AnalysisId, chart: string, params: object | null): string {
  return JSON.stringify([analysis, chart, params]);
}
