import type { KeptThing } from '../../library/kept-things';
import type { EraseTexts } from './messages';

/** What a kept thing is, in words; a database we do not know by name is called one. */
export function thingWords({ kind, name, files }: KeptThing, m: EraseTexts): string {
  const databases: Readonly<Record<string, string>> = {
    'silhouette-library': m.datasets,
    'silhouette-mappings': m.mappings,
    'silhouette-pseudonyms': m.pseudonyms,
  };
  const words = {
    database: databases[name] ?? m.kindDatabase,
    cache: m.kindCache(files ?? 0),
    'service-worker': m.kindServiceWorker,
    setting: m.kindSetting,
    session: m.kindSession,
  };
  return words[kind];
}
