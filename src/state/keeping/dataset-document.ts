import { DEFAULT_CHOICES } from '../../ingest/identity/identity-choices';
import type { AnalysisParams } from '../analysis-params.svelte';
import type { AudienceStore } from '../audiences.svelte';
import type { Dashboard } from '../dashboard.svelte';
import type { DataRoom } from '../data-room.svelte';
import type { IdentitySession } from '../identity.svelte';
import type { ImportSession } from '../import.svelte';
import type { PolicySession } from '../policy.svelte';
import type { PrivacySession } from '../privacy.svelte';
import { profileOf } from '../quality-files';
import type { QualitySession } from '../quality.svelte';
import type { RecipeBook } from '../recipe/recipe-book.svelte';
import type { Workspace } from '../workspace.svelte';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type KeptDocument } from './kept-document';

export interface DocumentParts {
  readonly imports: ImportSession;
  readonly room: DataRoom;
  readonly identity: IdentitySession;
  readonly policy: PolicySession;
  readonly privacy: PrivacySession;
  readonly quality: QualitySession;
  readonly params: AnalysisParams;
  readonly dashboard: Dashboard;
  readonly recipes: RecipeBook;
  readonly audiences: AudienceStore;
  readonly workspace: Workspace;
}

/** What the sessions know of the dataset in force beside its tables: taken down to be kept, and given back to them. */
export class DatasetDocument {
  readonly #parts: DocumentParts;

  constructor(parts: DocumentParts) {
    this.#parts = parts;
  }

  /** Null without a dataset. */
  capture(): KeptDocument | null {
    const { workspace, recipes, room, audiences, quality } = this.#parts;
    const { dataset } = workspace;
    const recipe = dataset === null ? null : recipes.capture(dataset.name);
    if (dataset === null || recipe === null) return null;
    return {
      format: DOCUMENT_FORMAT,
      version: DOCUMENT_VERSION,
      dataset,
      cards: room.files.map(({ number, name, plan, headers, columns, fingerprint, table }) => {
        return { number, name, plan, headers, columns, fingerprint, table };
      }),
      recipe,
      audiences: audiences.kept,
      profile: profileOf(quality.files),
    };
  }

  /** Gives the sessions a dataset whose tables were just put into the engine. Throws AppErrors. */
  async adopt({ dataset, cards, recipe, audiences: kept, profile }: KeptDocument): Promise<void> {
    const { imports, room, identity, policy, privacy, quality, params, dashboard, recipes, audiences, workspace } =
      this.#parts;
    imports.forget();
    recipes.startOver();
    const steps = recipe.files.map(({ cleaning }, place) => [cards[place]?.number ?? place, cleaning.steps] as const);
    await room.recall(cards, new Map(steps));
    room.settle();
    identity.forget(recipe.identity ?? DEFAULT_CHOICES);
    privacy.adopt(recipe.privacy);
    params.adopt(recipe.analyses);
    dashboard.adopt(recipe.dashboard);
    await policy.begin(dataset.layout, recipe.policy);
    await audiences.recall(kept);
    const rules = recipe.files.map((file, place) => [cards[place]?.number ?? place, file.rules] as const);
    quality.open(room.qualityFiles(), Object.fromEntries(rules.filter(([, own]) => own.length > 0)), profile);
    workspace.adopt(dataset);
    if (recipe.scope.asOf !== null) workspace.setAsOf(recipe.scope.asOf);
    workspace.setFrom(recipe.scope.from);
  }
}
