import { UNSETTLED } from '../../analyses/params-schemas';
import type { Day } from '../../core/dates';
import { confirmedSql } from '../../core/sql';
import type { FilePreview } from '../../ingest/file-preview';
import { CLEANING_VERSION, holdsExpression, type CleaningStep } from '../../ingest/cleaning/step';
import type { AnalysisParams } from '../analysis-params.svelte';
import type { AudienceStore } from '../audiences.svelte';
import type { Dashboard } from '../dashboard.svelte';
import type { DataRoom } from '../data-room.svelte';
import { NOTHING_SETTLED, type Settled } from '../dataset-maker';
import type { RoomFile } from '../dataset-plan';
import type { Recalled } from '../import-candidate';
import type { IdentitySession } from '../identity.svelte';
import type { PolicySession } from '../policy.svelte';
import type { PrivacySession } from '../privacy.svelte';
import type { RulesByFile } from '../quality-files';
import type { QualitySession } from '../quality.svelte';
import type { Workspace } from '../workspace.svelte';
import { EMPTY_DASHBOARD } from './dashboard-recipe';
import { differenceOf, matchFile, recallPlan, type FileDifference } from './match-files';
import { parseRecipe, RECIPE_FORMAT, RECIPE_VERSION, type FileRecipe, type Recipe } from './recipe';

export interface RecipeParts {
  readonly room: DataRoom;
  readonly identity: IdentitySession;
  readonly policy: PolicySession;
  readonly privacy: PrivacySession;
  readonly quality: QualitySession;
  readonly workspace: Workspace;
  readonly audiences: AudienceStore;
  readonly params: AnalysisParams;
  readonly dashboard: Dashboard;
}

/** What a dataset came to, to set the next one beside it. */
export interface RunFigures {
  readonly name: string;
  readonly asOf: Day;
  readonly rows: number;
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
}

export interface RunDifference {
  readonly before: RunFigures;
  readonly after: RunFigures;
  readonly files: readonly FileDifference[];
  /** Files that the recipe has no part for. */
  readonly unknown: readonly string[];
}

/** Everything decided, gathered from where it was decided, and given back to the next files of the same sort. */
export class RecipeBook {
  readonly #parts: RecipeParts;
  /** Opened from a file or a link, or that of the dataset in force: what the next files are made by. */
  #ready = $state.raw<Recipe | null>(null);
  #isOpened = $state(false);
  #offered = $state.raw<Recipe | null>(null);
  #runsExpressions = false;
  #difference = $state.raw<RunDifference | null>(null);
  #matched: Pick<RunDifference, 'files' | 'unknown'> = { files: [], unknown: [] };

  constructor(parts: RecipeParts) {
    this.#parts = parts;
  }

  /** The recipe that was opened and waits for its files; null when none does. */
  get waiting(): Recipe | null {
    return this.#isOpened ? this.#ready : null;
  }

  /** How the dataset in force differs from the one before it, of the same sort of files. */
  get difference(): RunDifference | null {
    return this.#difference;
  }

  /** A recipe that was opened and has not been agreed to yet; null when there is none. */
  get offered(): Recipe | null {
    return this.#offered;
  }

  /** Shows a recipe to the person, who takes it or not. Throws `recipe-invalid`, `recipe-newer`. */
  offer(json: unknown): void {
    this.#offered = parseRecipe(json);
  }

  /** Takes the recipe offered for the files that come next. Without its expressions, their steps are switched off. */
  accept(runsExpressions: boolean): void {
    if (this.#offered === null) return;
    this.#ready = this.#offered;
    this.#offered = null;
    this.#isOpened = true;
    this.#runsExpressions = runsExpressions;
  }

  /** Puts the recipe offered or waiting away. */
  close(): void {
    this.#offered = null;
    if (this.#isOpened) this.#ready = null;
    this.#isOpened = false;
  }

  /** Forgets the dataset in force and what it was compared with; a recipe that was opened goes on waiting for its files. */
  startOver(): void {
    if (!this.#isOpened) this.#ready = null;
    this.#difference = null;
  }

  /** What the recipe at hand says of a file that is being looked into. */
  recall(preview: FilePreview): Recalled | null {
    const recipe = this.#ready;
    const plan = recipe === null ? null : recallPlan(recipe.files, preview);
    return recipe === null || plan === null ? null : { plan, excerpt: recipe.excerpt };
  }

  /** Everything decided so far; null without a dataset. */
  capture(name: string): Recipe | null {
    const { room, identity, policy, privacy, quality, workspace, audiences, params, dashboard } = this.#parts;
    if (workspace.dataset === null) return null;
    const { asOf, from } = workspace.scope;
    const files = room.files.map((file): FileRecipe => ({
      fingerprint: file.fingerprint,
      name: file.name,
      table: file.table,
      columns: [...file.headers],
      plan: file.plan,
      cleaning: { version: CLEANING_VERSION, steps: [...(room.cleaningOf(file.number)?.steps ?? [])] },
      rules: [...quality.rulesOf(file.number)],
    }));
    return {
      format: RECIPE_FORMAT,
      version: RECIPE_VERSION,
      name,
      files,
      excerpt: workspace.dataset.excerpt,
      policy: policy.policy,
      identity: identity.choices,
      privacy: privacy.policy,
      scope: { asOf: asOf === workspace.span?.asOf ? null : asOf, from },
      analyses: params.settings,
      dashboard: dashboard.recipe,
      audiences: audiences.list.map(({ name: audience, origin }) => ({
        name: audience,
        title: origin.title,
        statement: origin.statement,
      })),
    };
  }

  /** Before other files take the place of the dataset: what was decided about it, and what it came to. */
  keepCurrent(): RunFigures | null {
    const { workspace, policy } = this.#parts;
    const { dataset } = workspace;
    if (dataset === null || policy.outcome === null) return null;
    if (!this.#isOpened) {
      this.#ready = this.capture(dataset.name);
      this.#runsExpressions = true;
    }
    const { customers, purchases, revenueIdentified } = policy.outcome;
    const figures = { customers, orders: purchases, revenue: revenueIdentified };
    return { name: dataset.name, asOf: workspace.scope.asOf, rows: dataset.report.rowsRead, ...figures };
  }

  /** What is settled for files that have just been read; nothing where the recipe at hand has no part for any. */
  settledFor(files: readonly RoomFile[]): Settled {
    const recipe = this.#ready;
    const matches = files.map((file) => ({ file, match: matchFile(recipe?.files ?? [], file) }));
    this.#matched = {
      files: matches.flatMap(({ file, match }) =>
        match === null ? [] : [differenceOf(match, file.name, file.headers)],
      ),
      unknown: matches.flatMap(({ file, match }) => (match === null ? [file.name] : [])),
    };
    if (recipe === null || this.#matched.files.length === 0) {
      this.#parts.params.adopt(UNSETTLED);
      this.#parts.dashboard.adopt(EMPTY_DASHBOARD);
      return NOTHING_SETTLED;
    }
    const steps = new Map<number, readonly CleaningStep[]>();
    for (const { file, match } of matches) {
      const known = (match?.cleaning.steps ?? []).map((step) => (this.#mayRun(step) ? step : { ...step, on: false }));
      if (known.length > 0) steps.set(file.number, known);
    }
    this.#parts.privacy.adopt(recipe.privacy);
    this.#parts.params.adopt(recipe.analyses);
    this.#parts.dashboard.adopt(recipe.dashboard);
    return { policy: recipe.policy, identity: recipe.identity, steps, keepsAudiences: !this.#isOpened };
  }

  /** Once the dataset is made: rules, period and audiences of the recipe, and what has changed since `before`. */
  async finish(before: RunFigures | null, today: Day): Promise<void> {
    const { quality, room, workspace, audiences } = this.#parts;
    const recipe = this.#ready;
    quality.open(room.qualityFiles(), this.#rulesOf(recipe));
    this.#difference = null;
    if (recipe === null || this.#matched.files.length === 0) return;
    if (this.#isOpened) {
      if (recipe.scope.asOf !== null) workspace.setAsOf(recipe.scope.asOf);
      workspace.setFrom(recipe.scope.from);
      if (this.#runsExpressions) {
        for (const { name, title, statement } of recipe.audiences) {
          await audiences.save({ title, members: confirmedSql(statement) }, audiences.suggestName(name), today);
        }
      }
    }
    const after = this.keepCurrent();
    if (before !== null && after !== null) this.#difference = { before, after, ...this.#matched };
    this.#isOpened = false;
  }

  #rulesOf(recipe: Recipe | null): RulesByFile {
    if (recipe === null) return {};
    const rules = this.#parts.room.files.map(
      (file) => [file.number, matchFile(recipe.files, file)?.rules ?? []] as const,
    );
    return Object.fromEntries(
      rules
        .filter(([, own]) => own.length > 0)
        .map(([number, own]) => [
          number,
          own.map((rule) =>
            rule.check.kind === 'expression' && !this.#runsExpressions ? { ...rule, isOn: false } : rule,
          ),
        ]),
    );
  }

  #mayRun(step: CleaningStep): boolean {
    return this.#runsExpressions || !holdsExpression(step);
  }
}
