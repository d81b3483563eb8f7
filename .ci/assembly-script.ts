import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** What is used of the compiler. Its own declarations would change the built-in types of the whole project. */
interface Compiler {
  readonly version: string;
  main(
    args: readonly string[],
    files: {
      readonly readFile: (name: string) => string | null;
      readonly writeFile: (name: string, contents: Uint8Array | string) => void;
      readonly listFiles: () => readonly string[];
      readonly stderr: { readonly write: (chunk: Uint8Array | string) => void };
    },
  ): Promise<{ readonly error: Error | null }>;
}

const QUERY = '?wasm';
const CACHE = fileURLToPath(new URL('../.cache/assembly-script/', import.meta.url));
const OPTIONS = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noAssert', '--use', 'abort='];

/**
 * `import bytes from './kernel.ts?wasm'` gives the WebAssembly of an AssemblyScript source as a Uint8Array that lies in
 * the module itself: nothing more to fetch, in the page, in workers and in Node. The module's one import is its memory,
 * `env.memory`.
 */
export function assemblyScript(): Plugin {
  return {
    name: 'assembly-script',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const path = id.slice(0, -QUERY.length);
      this.addWatchFile(path);
      const wasm = await compile(readFileSync(path, 'utf8'));
      const code = `export default Uint8Array.from(atob('${wasm.toString('base64')}'), (char) => char.charCodeAt(0));`;
      return { code, moduleType: 'js' };
    },
  };
}

/** Compiled once: the result is kept under the hash of everything that it depends on. */
async function compile(source: string): Promise<Buffer> {
  const { default: asc } = (await import(import.meta.resolve('assemblyscript/asc'))) as { default: Compiler };
  const hash = createHash('sha256')
    .update(JSON.stringify([asc.version, OPTIONS, source]))
    .digest('hex');
  const kept = join(CACHE, `${hash}.wasm`);
  try {
    return readFileSync(kept);
  } catch {
    const wasm = await compileSource(asc, source);
    mkdirSync(dirname(kept), { recursive: true });
    // Several test projects may compile at once: none reads what another has half written.
    const draft = `${kept}.${process.pid}`;
    writeFileSync(draft, wasm);
    renameSync(draft, kept);
    return wasm;
  }
}

async function compileSource(asc: Compiler, source: string): Promise<Buffer> {
  const outputs = new Map<string, Uint8Array | string>();
  let complaints = '';
  const stderr = {
    write: (chunk: Uint8Array | string) => {
      complaints += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    },
  };
  const { error } = await asc.main(['module.ts', '--outFile', 'module.wasm', ...OPTIONS], {
    readFile: (name) => (name === 'module.ts' ? source : null),
    writeFile: (name, contents) => void outputs.set(name, contents),
    listFiles: () => [],
    stderr,
  });
  const wasm = outputs.get('module.wasm');
  if (error !== null || !(wasm instanceof Uint8Array)) {
    throw new Error(`AssemblyScript did not compile:\n${complaints}`, { cause: error });
  }
  return Buffer.from(wasm);
}
