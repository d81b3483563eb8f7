import { AppError, isAppError } from '../../core/errors';
import type { Db } from '../../db/db';
import { holdsExpression } from '../../ingest/cleaning/step';
import { packDataset, planPacking, unpackDataset } from '../../ingest/dataset/pack-dataset';
import type { KeptPart } from '../../library/library';
import type { RevealLog } from '../reveals.svelte';
import type { CapturedProject, ProjectPlace } from '../project-file.svelte';
import type { RecipeBook } from '../recipe/recipe-book.svelte';
import { withoutValues } from '../recipe/recipe';
import type { DatasetDocument } from './dataset-document';
import type { DatasetKeeper } from './dataset-keeper.svelte';
import { parseDocument, type KeptDocument } from './kept-document';

export interface ProjectPlaceParts {
  readonly db: Db;
  readonly document: Pick<DatasetDocument, 'capture' | 'adopt'>;
  readonly recipes: Pick<RecipeBook, 'offer'>;
  readonly keeper: Pick<DatasetKeeper, 'hold' | 'begin' | 'keepsNext'>;
  readonly reveals: Pick<RevealLog, 'note'>;
  /** Epoch milliseconds, for the note that customers left in full. */
  readonly now: () => number;
  /** Hears that a project was put in place: its dataset, or its recipe on offer. */
  readonly onPlaced: (hasData: boolean) => void;
}

/** The dataset in force as a project, and back. */
export class DatasetPlace implements ProjectPlace {
  readonly #parts: ProjectPlaceParts;

  constructor(parts: ProjectPlaceParts) {
    this.#parts = parts;
  }

  /** Throws `nothing-to-export` without a dataset. */
  async capture(withData: boolean): Promise<CapturedProject> {
    const { db } = this.#parts;
    const plan = withData ? await planPacking(db) : null;
    const document = this.#parts.document.capture();
    if (document === null) throw new AppError('nothing-to-export');
    const name = document.dataset.name.replace(/\.[^.]+$/, '');
    if (plan === null) return { name, document: withoutValues(document.recipe), parts: null, estimatedBytes: 0 };
    const { reveals, now } = this.#parts;
    reveals.note({
      revealedAt: now(),
      title: document.dataset.name,
      customers: document.dataset.report.customers,
      act: 'file',
    });
    return { name, document, parts: packDataset(db, plan), estimatedBytes: plan.estimatedBytes };
  }

  async restore(document: unknown, parts: AsyncIterable<KeptPart>, hasData: boolean): Promise<void> {
    const { recipes, keeper, onPlaced } = this.#parts;
    if (hasData) {
      const release = await keeper.hold();
      try {
        await this.#restoreData(document, parts);
      } finally {
        release();
      }
      void keeper.begin(keeper.keepsNext);
    } else {
      recipes.offer(document);
    }
    onPlaced(hasData);
  }

  async #restoreData(document: unknown, parts: AsyncIterable<KeptPart>): Promise<void> {
    try {
      const parsed = parseDocument(document);
      await unpackDataset(this.#parts.db, parts, parsed.dataset.layout);
      await this.#parts.document.adopt(madeHarmless(parsed));
    } catch (error) {
      throw saidOfFile(error);
    }
  }
}

/**
 * The file may be anybody's: SQL that somebody wrote is switched off, to be read before it is switched on,
 * and what was measured of the rows is measured anew.
 */
function madeHarmless(kept: KeptDocument): KeptDocument {
  const files = kept.recipe.files.map((file) => ({
    ...file,
    cleaning: {
      ...file.cleaning,
      steps: file.cleaning.steps.map((step) => (holdsExpression(step) ? { ...step, on: false } : step)),
    },
    rules: file.rules.map((rule) => (rule.check.kind === 'expression' ? { ...rule, isOn: false } : rule)),
  }));
  return { ...kept, recipe: { ...kept.recipe, files }, profile: [] };
}

/** What the library and the engine say of what they were given is said of the file. */
function saidOfFile(error: unknown): unknown {
  if (!isAppError(error)) return error;
  if (error.code === 'library-newer') return new AppError('project-newer', error.data, error);
  if (error.code === 'library-damaged' || error.code === 'query-failed')
    return new AppError('project-broken', {}, error);
  return error;
}
