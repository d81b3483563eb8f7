import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { CONTENT_SECURITY_POLICY } from '../../../.ci/content-security-policy.ts';

const here = fileURLToPath(new URL('./', import.meta.url));

/** The shipped policy, on all pages but the open one. */
function policyOnGuardedPages(): Plugin {
  return {
    name: 'policy-on-guarded-pages',
    transformIndexHtml: (_html, { filename }) =>
      !filename.endsWith('open.html')
        ? [
            {
              tag: 'meta',
              attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
              injectTo: 'head-prepend',
            },
          ]
        : [],
  };
}

export default defineConfig({
  root: here,
  base: './',
  plugins: [policyOnGuardedPages()],
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { guarded: `${here}guarded.html`, library: `${here}library.html`, open: `${here}open.html` },
    },
  },
});
