const { LAYERS, OWNED_PACKAGES, forbiddenFor } = require('./layers.cjs');

/** main.ts and the shell, which only the composition itself may import. */
const top = '^src/[^/]+$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...LAYERS.map((layer) => ({
      name: `${layer}-imports-down-only`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: [`^src/(${[...forbiddenFor(layer), 'none'].join('|')})/`, top] },
    })),
    ...Object.entries(OWNED_PACKAGES).map(([name, owner]) => ({
      name: `${name}-only-in-${owner}`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${owner}/` },
      to: { path: `^(node_modules/)?${name}(/|$)` },
    })),
    {
      name: 'analyses-stand-alone',
      comment: 'What two analyses share moves down a layer; the registry and the contract lie beside the folders.',
      severity: 'error',
      from: { path: '^src/analyses/([^/]+)/' },
      to: { path: '^src/analyses/[^/]+/', pathNot: '^src/analyses/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'nothing-from-tests', severity: 'error', from: { path: '^src/' }, to: { path: '^(tests|\\.ci)/' } },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/(svelte|vite|@types)/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\?(url|worker|worker&url|raw|wasm)$|^@duckdb/duckdb-wasm/blocking$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'svelte', 'types', 'default'],
    },
  },
};
