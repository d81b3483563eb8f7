import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import layers from './layers.cjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Hidden inputs: `asOf` and `seed` are parameters, so the same file gives the same numbers tomorrow. */
const HIDDEN_INPUTS = [
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Randomness comes from core/random with a seed that is a parameter.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The time is an input (asOf); only pages, state and main read the clock.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The time is an input (asOf); only pages, state and main read the clock.',
  },
];

const layerRules = layers.LAYERS.map((layer) => ({
  files: [`src/${layer}/**/*.{ts,svelte}`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${[...layers.forbiddenFor(layer), 'main', '(App|Root)\\.svelte$'].join('|')})(/|$)`,
            message: `${layer}/ imports downward only (.ci/layers.cjs).`,
          },
          ...Object.entries(layers.OWNED_PACKAGES)
            .filter(([, owner]) => owner !== layer)
            .map(([name, owner]) => ({ regex: `^${name}(/|$)`, message: `Only ${owner}/ imports ${name}.` })),
        ],
      },
    ],
  },
}));

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'test-results/', 'public/', 'src/kernels/*/assembly/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,svelte}'],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // An implementation of an asynchronous interface may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // A type that stands once in a signature still documents what a caller gets.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Typed arrays are read in loops whose bounds the checker cannot see.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Spreading a string gives its code points, which is what is wanted here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }, 'string'] }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/button-has-type': 'error',
      // A plain Map is a cache here; what the screen follows is $state.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/require-each-key': 'error',
      // Hash routes are ours; there is no router to resolve them.
      'svelte/no-navigation-without-resolve': 'off',
      // Reactive state is declared with let so that $props and $bindable can be read together.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // The typed rules see an imported component as any; svelte-check, in the gate too, knows its props.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: [
      'src/{core,i18n,kernels,db,library,ui,charts,workers,ingest,audiences,exports,samples,analyses}/**/*.{ts,svelte}',
    ],
    rules: { 'no-restricted-syntax': ['error', ...HIDDEN_INPUTS] },
  },
  ...layerRules,
  {
    files: ['tests/**/*.ts', 'vite.config.ts', '.ci/**/*.ts'],
    rules: {
      // A test reads what it was given, of whatever shape, and compares it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'object-shorthand': 'error',
      'no-unused-vars': 'error',
    },
  },
);
