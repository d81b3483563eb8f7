import { mount } from 'svelte';
import Root from './Root.svelte';
import { createBrowserDb } from './db/duckdb-browser';
import { deliverFile } from './exports/download';
import exportWorkerUrl from './exports/export.worker?worker&url';
import { FileExporter } from './exports/file-exporter';
import { createWorkerWriters } from './exports/worker-writers';
import { I18n } from './i18n/i18n.svelte';
import { importDataset } from './ingest/dataset/import-dataset';
import { createWorkerReader } from './ingest/dataset/worker-reader';
import { createExtractor } from './ingest/extract/extractor';
import extractWorkerUrl from './ingest/extract/extract.worker?worker&url';
import { createPreviewer } from './ingest/previewer';
import { kindMappingSchema } from './ingest/kinds/kind-mapping';
import { fileMappingSchema } from './ingest/mapping';
import ingestWorkerUrl from './ingest/ingest.worker?worker&url';
import { createMappingMemory } from './library/mappings';
import { createLibrary } from './library/store/browser-library';
import type { IdleClock } from './library/vault/idle-lock';
import { beginVisit } from './library/visits';
import identityWorkerUrl from './ingest/identity/identity.worker?worker&url';
import { createIdentityWorkers } from './ingest/identity/identity-workers';
import { IdentitySession } from './state/identity.svelte';
import { createSaleTables } from './ingest/sale-tables/make-sale-tables';
import { createStager } from './ingest/staging/stager';
import stagingWorkerUrl from './ingest/staging/staging.worker?worker&url';
import privacyWorkerUrl from './ingest/privacy/privacy.worker?worker&url';
import { createValueWorker } from './ingest/privacy/value-worker';
import { createPseudonymKeys } from './library/pseudonym-key';
import { DataRoom } from './state/data-room.svelte';
import { DatasetMaker } from './state/dataset-maker';
import { PrivacySession } from './state/privacy.svelte';
import { QualitySession } from './state/quality.svelte';
import { dayOf } from './core/dates';
import { createSampleLibrary } from './samples/sample-library';
import samplesWorkerUrl from './samples/samples.worker?worker&url';
import { App } from './state/app.svelte';
import { AnalysisParams } from './state/analysis-params.svelte';
import { RecipeBook } from './state/recipe/recipe-book.svelte';
import { isRecipeLink } from './state/recipe/recipe-link';
import { AudienceStore } from './state/audiences.svelte';
import { Dashboard } from './state/dashboard.svelte';
import { EngineStatus } from './state/engine.svelte';
import { ImportSession } from './state/import.svelte';
import { forgetLastVisit, KeptStorage } from './state/kept-storage.svelte';
import { DatasetDocument } from './state/keeping/dataset-document';
import { DatasetKeeper } from './state/keeping/dataset-keeper.svelte';
import { DatasetPlace } from './state/keeping/project-place';
import { Ledger } from './state/ledger.svelte';
import { LibrarySession } from './state/library.svelte';
import { Offline } from './state/offline.svelte';
import { PolicySession } from './state/policy.svelte';
import { deviceStorage, Preferences } from './state/preferences.svelte';
import { ProjectFileSession } from './state/project-file.svelte';
import { RevealLog } from './state/reveals.svelte';
import { Router } from './state/router.svelte';
import { SampleShelf } from './state/samples.svelte';
import { Shield } from './state/shield.svelte';
import { readHeldBytes } from './state/size-guard';
import { TabMemory } from './state/tab-memory';
import { UndoLine } from './state/undo-line.svelte';
import { Workspace } from './state/workspace.svelte';
import './ui/tokens.css';
import './ui/base.css';
import { ToastQueue } from './ui/toasts.svelte';
import { spawnClassicWorker, spawnModuleWorker, watchWorker } from './workers/spawn';

// The policy cannot forbid peer connections, and nothing here needs them.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel']) {
  Reflect.deleteProperty(globalThis, name);
}

const ledger = new Ledger(window);
const storage = deviceStorage(window);
const begun = beginVisit(() => forgetLastVisit(storage));
// What is to be forgotten must be gone before anything reads it.
await begun.catch(() => undefined);
const preferences = new Preferences(
  storage,
  document.documentElement,
  window.matchMedia('(prefers-color-scheme: dark)'),
);
const i18n = new I18n(preferences.initialLocale(navigator.languages));
const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const zoneOffsetMinutes = -new Date().getTimezoneOffset();
const previewer = createPreviewer(() => spawnModuleWorker(ingestWorkerUrl));
const datasetReader = createWorkerReader(() => spawnModuleWorker(ingestWorkerUrl));
const edits = new UndoLine();
const imports = new ImportSession({
  previewer,
  extractor: createExtractor(() => spawnModuleWorker(extractWorkerUrl)),
  mappings: createMappingMemory(fileMappingSchema),
  kindMappings: createMappingMemory(kindMappingSchema),
  zoneOffsetMinutes,
  edits,
  recall: (preview) => recipes.recall(preview),
  importDataset: (files, options) => importDataset(db, datasetReader, files, options),
  heldBytes: () => readHeldBytes(db),
});
const room = new DataRoom({ db, edits, stager: createStager(() => spawnModuleWorker(stagingWorkerUrl)), previewer });
const identity = new IdentitySession(
  db,
  createIdentityWorkers(() => spawnModuleWorker(identityWorkerUrl)),
  edits,
);
const policy = new PolicySession(db, edits);
const audiences = new AudienceStore(db, edits);
const workspace = new Workspace();
const reveals = new RevealLog();
const quality = new QualitySession(db, dayOf(Date.now() + zoneOffsetMinutes * 60_000), edits);
const privacy = new PrivacySession({
  db,
  keys: createPseudonymKeys(() => Date.now()),
  values: createValueWorker(() => spawnModuleWorker(privacyWorkerUrl)),
  reveals,
  now: () => Date.now(),
  edits,
});
const params = new AnalysisParams(edits);
const dashboard = new Dashboard(edits);
const recipes: RecipeBook = new RecipeBook({
  room,
  identity,
  policy,
  privacy,
  quality,
  workspace,
  audiences,
  params,
  dashboard,
});
const library = createLibrary({ now: () => Date.now() });
const newId = (): string => crypto.randomUUID();
const clock: IdleClock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
const datasetDocument = new DatasetDocument({
  imports,
  room,
  identity,
  policy,
  privacy,
  quality,
  params,
  dashboard,
  recipes,
  audiences,
  workspace,
});
const tab = new TabMemory(window);
const keeper = new DatasetKeeper({
  db,
  library,
  preferences,
  capture: () => datasetDocument.capture(),
  adopt: (kept) => datasetDocument.adopt(kept),
  newId,
  remember: (id) => tab.keepOpenId(id),
  tell: (error) => app.tell(error),
});
const engine = new EngineStatus(db, () => app.rebuild());
const offline = new Offline(window);
const samples = new SampleShelf(createSampleLibrary(() => spawnModuleWorker(samplesWorkerUrl)));
const tables = createSaleTables(db, () => {
  const { policy: choices, layout } = policy;
  return choices === null || layout === null ? null : { policy: choices, layout, revision: workspace.revision };
});
const app: App = new App({
  db,
  tables,
  i18n,
  router: new Router(window),
  preferences,
  ledger,
  shield: new Shield(db, window),
  kept: new KeptStorage(async () => {
    offline.stop();
    await library.close();
    await db.close();
  }),
  toasts: new ToastQueue(),
  workspace,
  imports,
  room,
  keeper,
  project: new ProjectFileSession(
    new DatasetPlace({
      db,
      document: datasetDocument,
      recipes,
      keeper,
      reveals,
      now: () => Date.now(),
      onPlaced: (hasData) => app.showPlaced(hasData),
    }),
    deliverFile,
  ),
  library: new LibrarySession({ library, preferences, clock, page: window, newId }),
  maker: new DatasetMaker({ imports, room, identity, policy, audiences, workspace }),
  identity,
  policy,
  quality,
  privacy,
  params,
  dashboard,
  recipes,
  edits,
  audiences,
  samples,
  engine,
  offline,
  exporter: new FileExporter(
    db,
    createWorkerWriters(() => spawnModuleWorker(exportWorkerUrl)),
  ),
  reveals,
  saveFile: deliverFile,
});

begun.catch((error: unknown) => app.tell(error));
window.addEventListener('pagehide', () => {
  if (preferences.forgetsOnClose) offline.forget();
});
void app.library.open();
const { hash } = window.location;
if (isRecipeLink(hash)) void app.openLink(hash);
else if (tab.openId !== null) void app.resume(tab.openId);

const target = document.getElementById('app');
if (target !== null) mount(Root, { target, props: { app } });

// The development server has no service worker.
if (import.meta.env.PROD) {
  void offline.start(() => engine.phase === 'opening' || samples.building || imports.phase === 'importing');
}
