import { mount } from 'svelte';
import Root from './Root.svelte';
import { createBrowserDb } from './db/duckdb-browser';
import { deliverFile } from './exports/download';
import exportWorkerUrl from './exports/export.worker?worker&url';
import { FileExporter } from './exports/file-exporter';
import { createWorkerWriters } from './exports/worker-writers';
import { I18n } from './i18n/i18n.svelte';
import { createExtractor } from './ingest/extract/extractor';
import extractWorkerUrl from './ingest/extract/extract.worker?worker&url';
import { createImporter } from './ingest/importer';
import { kindMappingSchema } from './ingest/kinds/kind-mapping';
import { fileMappingSchema } from './ingest/mapping';
import ingestWorkerUrl from './ingest/ingest.worker?worker&url';
import { createMappingMemory } from './library/mappings';
import { createSampleLibrary } from './samples/sample-library';
import samplesWorkerUrl from './samples/samples.worker?worker&url';
import { App } from './state/app.svelte';
import { AudienceStore } from './state/audiences.svelte';
import { EngineStatus } from './state/engine.svelte';
import { ImportSession } from './state/import.svelte';
import { Ledger } from './state/ledger.svelte';
import { PolicySession } from './state/policy.svelte';
import { deviceStorage, Preferences } from './state/preferences.svelte';
import { RevealLog } from './state/reveals.svelte';
import { Router } from './state/router.svelte';
import { SampleShelf } from './state/samples.svelte';
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
const preferences = new Preferences(
  deviceStorage(window),
  document.documentElement,
  window.matchMedia('(prefers-color-scheme: dark)'),
);
const i18n = new I18n(preferences.initialLocale(navigator.languages));
const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
const importer = createImporter(() => spawnModuleWorker(ingestWorkerUrl));
const imports = new ImportSession({
  importer,
  extractor: createExtractor(() => spawnModuleWorker(extractWorkerUrl)),
  mappings: createMappingMemory(fileMappingSchema),
  kindMappings: createMappingMemory(kindMappingSchema),
  zoneOffsetMinutes: -new Date().getTimezoneOffset(),
  importDataset: ([file], options) => importer.run(db, file.blob, file.name, file.plan.mapping, options),
});
const engine = new EngineStatus(db, () => app.rebuild());
const app: App = new App({
  db,
  i18n,
  router: new Router(window),
  preferences,
  ledger,
  toasts: new ToastQueue(),
  workspace: new Workspace(),
  imports,
  policy: new PolicySession(db),
  audiences: new AudienceStore(db),
  samples: new SampleShelf(createSampleLibrary(() => spawnModuleWorker(samplesWorkerUrl))),
  engine,
  exporter: new FileExporter(
    db,
    createWorkerWriters(() => spawnModuleWorker(exportWorkerUrl)),
  ),
  reveals: new RevealLog(),
  saveFile: deliverFile,
});

const target = document.getElementById('app');
if (target !== null) mount(Root, { target, props: { app } });
