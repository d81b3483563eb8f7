import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findViolations, type SourceFile } from '../../support/house-rules';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const TEXT = /\.(ts|svelte|mjs|cjs|js|md|css|json)$/;

function filesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`.slice(root.length);
      return { path, text: readFileSync(root + path, 'utf8') };
    });
}

test('the source keeps every house rule', () => {
  const files = filesUnder('src');
  expect(files.map((file) => file.path)).toContain('src/core/sql.ts');
  expect(findViolations(files)).toEqual([]);
});

test('no test is switched off or run alone', () => {
  const rule = 'no hidden switches on tests';
  const tests = filesUnder('tests').filter((file) => file.path.endsWith('.test.ts') && !file.path.includes('/house/'));
  expect(findViolations(tests).filter((violation) => violation.rule === rule)).toEqual([]);
});

test('the top level holds only what the house has', () => {
  const allowed =
    /^(package(-lock)?\.json|tsconfig\.json|vite\.config\.ts|index\.html|LICENSE|README\.md|src|public|tests|\.ci|\.github|\.git|\.gitignore|\.editorconfig|\.prettierignore)$/;
  const ignored = readFileSync(`${root}.gitignore`, 'utf8').split('\n');
  const strangers = readdirSync(root).filter((name) => !allowed.test(name) && !ignored.includes(name));
  expect(strangers).toEqual([]);
});

const seeded: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['a file has one idea', 'src/core/long.ts', 'export const a = 1;\n'.repeat(321)],
  ['a name says the idea', 'src/core/utils.ts', 'export const a = 1;\n'],
  ['a name says the idea', 'src/helpers/dates.ts', 'export const a = 1;\n'],
  ['a module is kebab-case, a component PascalCase', 'src/core/someThing.ts', 'export const a = 1;\n'],
  ['a module is kebab-case, a component PascalCase', 'src/ui/button.svelte', '<p>a</p>\n'],
  ['no barrels', 'src/core/index.ts', 'export const a = 1;\n'],
  ['no barrels', 'src/core/all.ts', "export * from './dates';\n"],
  ['no raw HTML', 'src/ui/Raw.svelte', '<p>{@html text}</p>\n'],
  ['no raw HTML', 'src/ui/raw.ts', 'node.innerHTML = text;\n'],
  ['no foreign addresses', 'src/core/address.ts', "export const a = 'https://cdn.example/x.js';\n"],
  ['no foreign addresses', 'src/core/address.ts', "export const a = 's3://bucket/x.csv';\n"],
  ['no escape from the types', 'src/core/loose.ts', '// @ts-ignore\nexport const a = 1;\n'],
  ['Chinese is set with its own punctuation', 'src/ui/messages.ts', "export const a = '\u5ba2\u6237,\u8ba2\u5355';\n"],
  ['nothing unfinished', 'src/core/later.ts', '// TODO: later\nexport const a = 1;\n'],
  ['no hidden switches on tests', 'tests/unit/a.test.ts', "test.skip('a', () => undefined);\n"],
];

test.each(seeded)('a seeded violation of "%s" is found in %s', (rule, path, text) => {
  expect(findViolations([{ path, text }])).toEqual([expect.objectContaining({ rule, path })]);
});

test('a namespace and an address in a comment are no violation', () => {
  const text = "// see https://example.org/paper\nexport const svg = 'http://www.w3.org/2000/svg';\n";
  expect(findViolations([{ path: 'src/charts/namespace.ts', text }])).toEqual([]);
});
