/** Who may import whom, read by ESLint and dependency-cruiser alike. A folder imports only folders of an earlier row, and itself. */
const ROWS = [
  ['core'],
  ['i18n', 'kernels', 'db', 'library', 'offline'],
  ['ui', 'charts', 'workers'],
  ['ingest', 'audiences', 'exports', 'samples'],
  ['analyses'],
  ['state'],
  ['pages'],
];

/** Packages that one folder alone may import. */
const OWNED_PACKAGES = {
  comlink: 'workers',
  idb: 'library',
  '@duckdb/duckdb-wasm': 'db',
  'apache-arrow': 'db',
};

const LAYERS = ROWS.flat();

/** The folders that `layer` may not import: those of its own row and of every later one. */
function forbiddenFor(layer) {
  const row = ROWS.findIndex((folders) => folders.includes(layer));
  return ROWS.slice(row)
    .flat()
    .filter((folder) => folder !== layer);
}

module.exports = { LAYERS, OWNED_PACKAGES, forbiddenFor };
