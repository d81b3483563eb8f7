import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { assemblyScript } from './.ci/assembly-script.ts';
import { CONTENT_SECURITY_POLICY } from './.ci/content-security-policy.ts';
import { serviceWorker } from './.ci/service-worker.ts';
import { chromiumLaunch } from './tests/support/chromium.mjs';
import { listenerCommands } from './tests/support/listener-commands.ts';

/** The policy would forbid the development server's own inline modules, so only a build carries it. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const BROWSER_TEST_PACKAGES = [
  '@duckdb/duckdb-wasm',
  '@e965/xlsx',
  '@e965/xlsx/dist/cpexcel.full.mjs',
  'apache-arrow',
  'axe-core',
  'comlink',
  'd3',
  'fflate',
  'hyparquet-compressors',
  'hyparquet-writer',
  'hyparquet/src/assemble.js',
  'hyparquet/src/column.js',
  'hyparquet/src/convert.js',
  'hyparquet/src/delta.js',
  'hyparquet/src/encoding.js',
  'hyparquet/src/metadata.js',
  'hyparquet/src/plain.js',
  'hyparquet/src/schema.js',
  'idb',
  'pinyin-pro',
  'valibot',
  'vitest-browser-svelte',
];

export default defineConfig({
  base: './',
  plugins: [svelte(), assemblyScript(), contentSecurityPolicy(), serviceWorker()],
  worker: { format: 'es', plugins: () => [assemblyScript()] },
  build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  preview: { strictPort: false },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Found late, a package would be prepared while a test runs and reload its page.
        optimizeDeps: { include: BROWSER_TEST_PACKAGES },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch() }),
            commands: listenerCommands,
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
