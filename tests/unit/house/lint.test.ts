import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const eslint = new ESLint({ cwd: root, overrideConfigFile: '.ci/eslint.config.js' });

/** The rules that the text breaks when it stands in the file, which must exist for the types to be known. */
async function rulesBroken(text: string, path: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}${path}` });
  return result?.messages.map((message) => message.ruleId ?? message.message) ?? [];
}

const component = (script: string, markup = '<p>a</p>'): string =>
  `<script lang="ts">\n${script}\n</script>\n\n${markup}\n`;

const seeded: readonly (readonly [rule: string, path: string, text: string])[] = [
  [
    '@typescript-eslint/no-floating-promises',
    'src/App.svelte',
    component(
      '  async function save(): Promise<void> {}\n  function click(): void {\n    save();\n  }',
      '<button type="button" onclick={click}>a</button>',
    ),
  ],
  ['svelte/no-at-html-tags', 'src/App.svelte', component("  const text = '<b>a</b>';", '{@html text}')],
  [
    '@typescript-eslint/no-floating-promises',
    'src/core/sql.ts',
    'async function save(): Promise<void> {}\nexport function click(): void {\n  save();\n}\n',
  ],
  [
    '@typescript-eslint/no-explicit-any',
    'src/core/sql.ts',
    'export function take(value: any): void {\n  void value;\n}\n',
  ],
  ['no-console', 'src/core/sql.ts', "console.log('a');\n"],
  ['no-restricted-syntax', 'src/core/sql.ts', 'export const now = Date.now();\n'],
  ['no-restricted-syntax', 'src/core/sql.ts', 'export const now = new Date();\n'],
  ['no-restricted-syntax', 'src/core/sql.ts', 'export const random = Math.random();\n'],
  ['@typescript-eslint/no-restricted-imports', 'src/core/sql.ts', "export type { Db } from '../db/db';\n"],
  ['@typescript-eslint/no-restricted-imports', 'src/core/sql.ts', "export { expose } from 'comlink';\n"],
];

test.each(seeded)(
  'a seeded violation of %s in %s is found',
  async (rule, path, text) => {
    expect(await rulesBroken(text, path)).toContain(rule);
  },
  60_000,
);
