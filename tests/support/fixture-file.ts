import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of tests/fixtures, as the app would be given it. */
export function fixtureFile(path: string): Blob {
  return new Blob([readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url)))]);
}
