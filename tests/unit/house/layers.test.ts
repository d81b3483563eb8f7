import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const config = createRequire(import.meta.url)(`${root}.ci/dependency-cruiser.cjs`) as IConfiguration;

/** Every broken rule under `folder`/src as "rule: from -> to", with the number of modules looked at. */
async function cruiseFrom(
  folder: string,
): Promise<{ readonly modules: number; readonly violations: readonly string[] }> {
  const options: ICruiseOptions = {
    ...config.options,
    baseDir: folder,
    ruleSet: { forbidden: config.forbidden ?? [] },
    validate: true,
  };
  const { output } = await cruise(['src'], options);
  const { summary } = output as ICruiseResult;
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort(),
  };
}

async function cruiseSeeded(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return (await cruiseFrom(folder)).violations;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const leaf = 'export const value = 1;\n';
const uses = (from: string): string => `import { value } from '${from}';\nexport const used = value;\n`;

test('every import points down, nothing turns in a circle, and each owned package stays with its owner', async () => {
  const { modules, violations } = await cruiseFrom(root);
  expect(violations).toEqual([]);
  expect(modules).toBeGreaterThan(30);
}, 60_000);

const seeded: readonly (readonly [title: string, files: Readonly<Record<string, string>>, violation: string])[] = [
  [
    'an upward import',
    { 'src/core/a.ts': uses('../pages/b'), 'src/pages/b.ts': leaf },
    'core-imports-down-only: src/core/a.ts -> src/pages/b.ts',
  ],
  [
    'an upward import for types alone',
    {
      'src/db/a.ts': "import type { T } from '../state/b';\nexport type U = T;\n",
      'src/state/b.ts': 'export type T = 1;\n',
    },
    'db-imports-down-only: src/db/a.ts -> src/state/b.ts',
  ],
  [
    'an upward import inside a component',
    {
      'src/ui/A.svelte': `<script lang="ts">\n  import { value } from '../pages/b';\n</script>\n\n<p>{value}</p>\n`,
      'src/pages/b.ts': leaf,
    },
    'ui-imports-down-only: src/ui/A.svelte -> src/pages/b.ts',
  ],
  [
    'an import between layers of one row',
    { 'src/ui/a.ts': uses('../charts/b'), 'src/charts/b.ts': leaf },
    'ui-imports-down-only: src/ui/a.ts -> src/charts/b.ts',
  ],
  [
    'an analysis that imports another',
    { 'src/analyses/cohort/a.ts': uses('../rfm/b'), 'src/analyses/rfm/b.ts': leaf },
    'analyses-stand-alone: src/analyses/cohort/a.ts -> src/analyses/rfm/b.ts',
  ],
  ['comlink outside workers', { 'src/ui/a.ts': uses('comlink') }, 'comlink-only-in-workers: src/ui/a.ts -> comlink'],
  ['idb outside library', { 'src/state/a.ts': uses('idb') }, 'idb-only-in-library: src/state/a.ts -> idb'],
  [
    'the engine outside db',
    { 'src/analyses/a.ts': uses('@duckdb/duckdb-wasm') },
    '@duckdb/duckdb-wasm-only-in-db: src/analyses/a.ts -> @duckdb/duckdb-wasm',
  ],
  [
    'Arrow outside db',
    { 'src/ingest/a.ts': uses('apache-arrow') },
    'apache-arrow-only-in-db: src/ingest/a.ts -> apache-arrow',
  ],
];

test.each(seeded)('%s is found', async (_title, files, violation) => {
  expect(await cruiseSeeded(files)).toContain(violation);
});

test('a circle is found', async () => {
  const violations = await cruiseSeeded({ 'src/core/a.ts': uses('./b'), 'src/core/b.ts': `${uses('./a')}${leaf}` });
  expect(violations).toContain('no-cycles: src/core/a.ts -> src/core/b.ts');
});
