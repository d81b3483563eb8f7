/** Packs a build: `npm run zip` makes dist.zip from dist. The same build gives the same bytes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';

/** The earliest time that the format knows: what a build holds does not depend on when it was made. */
const TIME = new Date(1980, 0, 1);

/**
 * @param {string} folder
 * @param {string} file
 */
export function writeZip(folder, file) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const entries = paths.map((path) => [
    relative(folder, path).split(sep).join('/'),
    [readFileSync(path), { mtime: TIME, level: 9 }],
  ]);
  writeFileSync(file, zipSync(Object.fromEntries(entries)));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder = 'dist', file = 'dist.zip'] = process.argv.slice(2);
  writeZip(folder, file);
  console.log(file);
}
