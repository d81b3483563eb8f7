import { RFM_DEFAULTS } from '../analyses/rfm/rfm-params';
import { dayOf, type Day } from '../core/dates';
import { AppError, isCancel, toAppError } from '../core/errors';
import type { Db } from '../db/db';
import { engineMessages } from '../i18n/engine-messages';
import { errorMessages } from '../i18n/error-messages';
import type { Locale } from '../i18n/format';
import type { I18n } from '../i18n/i18n.svelte';
import type { ToastQueue } from '../ui/toasts.svelte';
import type { Keep } from '../analyses/analysis';
import type { AudienceStore } from './audiences.svelte';
import type { Dashboard } from './dashboard.svelte';
import type { SaleTables } from '../ingest/sale-tables/sale-tables';
import type { FileExporter } from '../exports/file-exporter';
import type { DataRoom } from './data-room.svelte';
import type { AnalysisParams } from './analysis-params.svelte';
import type { RecipeBook } from './recipe/recipe-book.svelte';
import { readLink } from './recipe/recipe-link';
import { PROJECT_ENDING } from '../library/project-file/write-project';
import { RECIPE_ENDING } from './recipe-ending';
import type { UndoLine } from './undo-line.svelte';
import type { DatasetMaker } from './dataset-maker';
import type { EngineStatus } from './engine.svelte';
import type { IdentitySession } from './identity.svelte';
import type { ImportSession } from './import.svelte';
import type { DatasetKeeper } from './keeping/dataset-keeper.svelte';
import type { KeptStorage } from './kept-storage.svelte';
import type { LibrarySession } from './library.svelte';
import type { Ledger } from './ledger.svelte';
import type { Offline } from './offline.svelte';
import type { PolicySession } from './policy.svelte';
import type { PrivacySession } from './privacy.svelte';
import type { ProjectFileSession } from './project-file.svelte';
import type { QualitySession } from './quality.svelte';
import type { Preferences } from './preferences.svelte';
import type { RevealLog } from './reveals.svelte';
import type { Router } from './router.svelte';
import type { SampleShelf } from './samples.svelte';
import type { Shield } from './shield.svelte';
import type { Workspace } from './workspace.svelte';

export interface AppParts {
  readonly db: Db;
  readonly tables: SaleTables;
  readonly i18n: I18n;
  readonly router: Router;
  readonly preferences: Preferences;
  readonly ledger: Ledger;
  readonly shield: Shield;
  readonly kept: KeptStorage;
  readonly toasts: ToastQueue;
  readonly workspace: Workspace;
  readonly imports: ImportSession;
  readonly room: DataRoom;
  readonly maker: DatasetMaker;
  readonly keeper: DatasetKeeper;
  readonly library: LibrarySession;
  readonly project: ProjectFileSession;
  readonly identity: IdentitySession;
  readonly policy: PolicySession;
  readonly quality: QualitySession;
  readonly privacy: PrivacySession;
  readonly params: AnalysisParams;
  readonly dashboard: Dashboard;
  readonly recipes: RecipeBook;
  readonly edits: UndoLine;
  readonly audiences: AudienceStore;
  readonly samples: SampleShelf;
  readonly engine: EngineStatus;
  readonly offline: Offline;
  readonly exporter: FileExporter;
  readonly reveals: RevealLog;
  /** Hands a finished file to the person. */
  readonly saveFile: (blob: Blob, name: string) => void;
}

/** Has what it was made of as properties of its own. */
const Rooms = function (this: AppParts, parts: AppParts): void {
  Object.assign(this, parts);
} as unknown as new (parts: AppParts) => AppParts;

/** The journeys that cross rooms: a file opened, a sample taken, a dataset adopted. */
export class App extends Rooms {
  readonly #kept = new Map<string, { close(): void }>();

  constructor(parts: AppParts) {
    super(parts);
    parts.policy.onApplied(() => parts.workspace.touch());
    parts.maker.onRemade(() => void parts.keeper.noteTables());
    parts.library.onRenamed((id, name) => {
      if (id === parts.keeper.openId) parts.workspace.rename(name);
    });
  }

  /** What a room keeps from visit to visit under a name, made on the first; gone with the dataset. */
  readonly keep: Keep = (name, make) => {
    const kept = this.#kept.get(name) ?? make();
    this.#kept.set(name, kept);
    return kept as ReturnType<typeof make>;
  };

  /** The reader's own day, for what they make today. */
  today(): Day {
    const now = new Date();
    return dayOf(now.getTime() - now.getTimezoneOffset() * 60_000);
  }

  setLocale(locale: Locale): void {
    this.i18n.setLocale(locale);
    this.preferences.keepLocale(locale);
  }

  /** Shows the files' first rows; the engine is fetched meanwhile. A recipe or a project is opened as one. */
  openFiles(files: readonly File[]): void {
    const [first] = files;
    if (files.length === 1 && first?.name.endsWith(RECIPE_ENDING) === true) {
      void this.openRecipe(first);
      return;
    }
    if (files.length === 1 && first?.name.endsWith(PROJECT_ENDING) === true) {
      void this.#told(() => this.project.offer(first));
      return;
    }
    this.router.go('open');
    void this.engine.open();
    void this.imports.open(files);
  }

  /** Shows what a recipe would do, from its file. */
  async openRecipe(file: Blob): Promise<void> {
    await this.#told(async () => {
      this.recipes.offer(parseJson(await file.text()));
      this.router.go('recipe');
    });
  }

  /** The same from a link; called once at the start with the hash the page came with. */
  async openLink(hash: string): Promise<void> {
    await this.#told(async () => {
      this.recipes.offer(parseLink(hash));
      this.router.go('recipe');
    });
  }

  openPasted(text: string): void {
    this.router.go('open');
    void this.engine.open();
    void this.imports.paste(text);
  }

  /**
   * From one click to segments: makes the sample and takes its orders through the ordinary import. Its
   * other files are there to be downloaded and dropped; all six at once take longer than a first look may.
   */
  async openSample(customers: number): Promise<void> {
    void this.engine.open();
    await this.#told(async () => {
      const files = await this.samples.build(this.i18n.locale, customers);
      const orders = files.find((file) => file.kind === 'orders');
      if (orders === undefined) return;
      await this.imports.openTexts([new File([orders.blob], orders.name)]);
      this.router.go('open');
      if (await this.#make(true)) this.router.go('rfm');
    });
  }

  async downloadSample(customers: number): Promise<void> {
    await this.#told(async () => {
      const files = await this.samples.build(this.i18n.locale, customers);
      for (const file of files) this.saveFile(file.blob, file.name);
    });
  }

  /** Imports the files there, applies the sensible policy and goes to the account of their rows. */
  async importFile(): Promise<void> {
    await this.#told(async () => {
      if (await this.#make(false)) this.router.go('accounting');
    });
  }

  /** Makes the dataset anew with the cleaning as it is now. */
  async applyCleaning(): Promise<void> {
    await this.#told(async () => {
      if (await this.maker.remake()) this.#forgetKept();
    });
  }

  /** After the engine's death: the files again, the same policy, the same audiences. */
  async rebuild(): Promise<void> {
    if (this.workspace.dataset === null) return this.db.open();
    this.toasts.show({ kind: 'warn', text: this.i18n.of(engineMessages).rebuilding });
    if (await this.maker.rebuild(() => this.keeper.restoreTables()))
      this.toasts.show({ kind: 'good', text: this.i18n.of(engineMessages).rebuilt });
  }

  async #make(isSample: boolean): Promise<boolean> {
    // Who imports meanwhile has something else in mind than what the tab showed before.
    if (this.keeper.opening !== null) this.keeper.cancel();
    const release = await this.keeper.hold();
    try {
      const before = this.recipes.keepCurrent();
      if (!(await this.maker.make(isSample, (files) => this.recipes.settledFor(files)))) return false;
      await this.recipes.finish(before, this.today());
      this.#tellOfIdentity();
    } finally {
      release();
    }
    this.#forgetKept();
    void this.keeper.begin(!isSample && this.keeper.keepsNext);
    return true;
  }

  #tellOfIdentity(): void {
    const { error } = this.identity;
    if (error === null) return;
    const why = this.i18n.of(errorMessages)[error.code](error.data);
    this.toasts.show({ kind: 'error', text: this.i18n.of(engineMessages).notTogether(why) });
  }

  /** Puts a kept dataset in the place of the one in force, and goes to its overview. */
  async openKept(id: string): Promise<void> {
    void this.engine.open();
    if (this.imports.phase === 'importing') this.imports.cancel();
    if (!(await this.keeper.open(id))) return;
    this.#forgetKept();
    this.router.go('overview');
  }

  /** Opens the kept dataset that this tab showed before it was loaded anew or thrown away by the browser. */
  async resume(id: string): Promise<void> {
    if (await this.keeper.resume(id)) this.#forgetKept();
    else if (this.library.state === 'locked') this.router.go('library');
  }

  /** Shows a project file that was put in place: its dataset, or its recipe. */
  showPlaced(hasData: boolean): void {
    if (hasData) this.#forgetKept();
    this.router.go(hasData ? 'overview' : 'recipe');
  }

  /** Opens the segments beside those of an earlier day. */
  compareSegments(day: Day): void {
    const { settings } = this.params;
    this.params.adopt({ ...settings, rfm: { ...(settings.rfm ?? RFM_DEFAULTS), compareWith: day } });
    this.#forgetKept();
    this.router.go('rfm');
  }

  #forgetKept(): void {
    for (const kept of this.#kept.values()) kept.close();
    this.#kept.clear();
  }

  /** Runs a journey and tells the person in words when it fails; a cancel is silent. */
  async #told(journey: () => Promise<void>): Promise<void> {
    try {
      await journey();
    } catch (error) {
      this.tell(error);
    }
  }

  /** Says in words what went wrong; a cancel is silent. */
  tell(error: unknown): void {
    if (isCancel(error)) return;
    const known = toAppError(error);
    this.toasts.show({ kind: 'error', text: this.i18n.of(errorMessages)[known.code](known.data) });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('recipe-invalid', { place: 'JSON' });
  }
}

function parseLink(hash: string): unknown {
  try {
    return readLink(hash);
  } catch {
    throw new AppError('recipe-invalid', { place: 'URL' });
  }
}
