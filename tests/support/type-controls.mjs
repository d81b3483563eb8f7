/**
 * Proves that the type checks can fail: each is run on a seeded error and must report it. svelte-check
 * in particular passes when its configuration matches no component.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, '.cache', 'type-controls');

const CONTROLS = [
  {
    name: 'a component with a wrong type',
    file: 'component/Seeded.svelte',
    text: `<script lang="ts">\n  const count: number = 'text';\n</script>\n\n<p>{count}</p>\n`,
    extends: 'tsconfig.json',
    check: (project) => ['svelte-check', '--workspace', dirname(project), '--tsconfig', project, '--output', 'machine'],
    expected: "Type 'string' is not assignable to type 'number'",
  },
  {
    name: 'a module with a wrong type',
    file: 'module/seeded.ts',
    text: `export const count: number = 'text';\n`,
    extends: 'tsconfig.json',
    check: (project) => ['tsc', '--noEmit', '-p', project],
    expected: 'TS2322',
  },
  {
    name: 'a kernel that reaches for the page',
    file: 'kernel/seeded.ts',
    text: `export const title = document.title;\n`,
    extends: 'src/kernels/tsconfig.json',
    check: (project) => ['tsc', '--noEmit', '-p', project],
    expected: "Cannot find name 'document'",
  },
  {
    name: 'a worker that reaches for the page',
    file: 'worker/seeded.ts',
    text: `export const title = document.title;\n`,
    extends: 'src/workers/tsconfig.json',
    check: (project) => ['tsc', '--noEmit', '-p', project],
    expected: "Cannot find name 'document'",
  },
  {
    name: 'a service worker that reaches for the page',
    file: 'service-worker/seeded.ts',
    text: `export const title = document.title;\n`,
    extends: 'src/offline/tsconfig.json',
    check: (project) => ['tsc', '--noEmit', '-p', project],
    expected: "Cannot find name 'document'",
  },
];

function holds(control) {
  const file = join(folder, control.file);
  const project = join(dirname(file), 'tsconfig.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, control.text);
  writeFileSync(project, JSON.stringify({ extends: join(root, control.extends), include: ['./*'] }));
  const [command, ...args] = control.check(project);
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    encoding: 'utf8',
  });
  const caught = status !== 0 && (stdout + stderr).includes(control.expected);
  console.log(`${caught ? 'caught' : 'MISSED'}: ${control.name}`);
  if (!caught) console.log(stdout + stderr);
  return caught;
}

rmSync(folder, { recursive: true, force: true });
const all = CONTROLS.map(holds);
process.exit(all.every(Boolean) ? 0 : 1);
