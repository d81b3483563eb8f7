/**
 * `npm run bench`: the app in Chromium against native DuckDB on one thread, same file, same run, in turns.
 * Options: --rows N (5000000), --repeat N (3), --json FILE, --without-readers to leave out the workbooks, Parquet and JSON.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { chromiumLaunch, ensureChromium } from '../support/chromium.mjs';
import { serveFolder } from '../support/static-server.mjs';
import { measureReaders } from './extract.mjs';
import { downloadSizes, measureFirstVisit } from './first-visit.mjs';
import { openNativePeer } from './native-peer.mjs';
import { AS_OF, writeOrderFile } from './order-file.mjs';
import { formatTable, median } from './report.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, '.cache', 'bench');
const MANY_CUSTOMERS = 1_000_000;
/** Two years that are set side by side. */
const PERIODS = { from: '2024-01-01', middle: '2025-01-01', to: AS_OF };

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000000' },
    repeat: { type: 'string', default: '3' },
    json: { type: 'string' },
    'without-readers': { type: 'boolean', default: false },
  },
});
const rows = Number(options.rows);
const repeat = Number(options.repeat);
if (!Number.isInteger(rows) || rows < 1000 || !Number.isInteger(repeat) || repeat < 1) {
  console.error('invalid options: --rows needs a whole number from 1000, --repeat one from 1');
  process.exit(2);
}
const obstacle = await ensureChromium();
if (obstacle !== undefined) {
  console.error(obstacle);
  process.exit(2);
}

mkdirSync(CACHE, { recursive: true });
const file = join(CACHE, `orders-${rows}.csv`);
console.log(`Writing ${file} unless it is there`);
await writeOrderFile(file, rows);
console.log('Building the app and the page of the bench');
const dist = join(CACHE, 'dist');
const pageFolder = join(CACHE, 'page');
await build({
  root: ROOT,
  configFile: join(ROOT, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: dist, emptyOutDir: true },
});
await build({
  configFile: join(ROOT, 'tests/bench/page/vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: pageFolder, emptyOutDir: true },
});

const appServer = await serveFolder(dist);
const pageServer = await serveFolder(pageFolder);
const browser = await chromium.launch(chromiumLaunch());
const peer = await openNativePeer();
const peerName = `native DuckDB ${await peer.version()}, one thread`;

/** One figure of ours and of the peer a round. */
const ours = {};
const theirs = {};
const note = (record, name, value) => (record[name] ??= []).push(value);

async function round(number) {
  console.log(`Round ${number} of ${repeat}`);
  const page = await browser.newPage();
  await page.goto(pageServer.origin);
  await page.waitForFunction(() => 'benchPage' in globalThis);
  note(ours, 'engine', await page.evaluate(() => globalThis.benchPage.openEngine()));
  await page.setInputFiles('input', file);
  const figures = await page.evaluate(() => globalThis.benchPage.importFile());
  if (figures.rowsUsed !== rows) throw new Error(`the import used ${figures.rowsUsed} of ${rows} rows`);
  note(theirs, 'import', await peer.read(file));
  note(ours, 'preview', figures.previewMs);
  note(ours, 'import', figures.importMs);
  note(ours, 'task', figures.stalls.longestTaskMs);
  note(ours, 'gap', figures.stalls.longestGapMs);
  note(ours, 'memory', figures.tableBytes / rows);
  for (const passphrase of [null, 'eight plain words that nobody would guess here']) {
    const kept = await page.evaluate((words) => globalThis.benchPage.keepAndReopen(words), passphrase);
    const seal = passphrase === null ? '' : 'Sealed';
    note(ours, `save${seal}`, kept.saveMs);
    note(ours, `reopen${seal}`, kept.reopenMs);
    note(ours, `stored${seal}`, kept.storedBytes / rows);
    note(ours, `keepGap${seal}`, kept.longestGapMs);
  }
  note(ours, 'policy', await page.evaluate(() => globalThis.benchPage.applyPolicy()));
  for (let turn = 0; turn < 2; turn++) {
    note(ours, 'rfm', (await page.evaluate((asOf) => globalThis.benchPage.scoreAndSegment(asOf), AS_OF)).ms);
    note(theirs, 'rfm', await peer.rfmOfOrders());
    note(theirs, 'rfmLines', await peer.rfmOfLines());
  }
  note(ours, 'page', await page.evaluate((asOf) => globalThis.benchPage.wholePage(asOf), AS_OF));
  await page.evaluate(() => globalThis.benchPage.addChannels());
  await peer.addChannels();
  for (let turn = 0; turn < 2; turn++) {
    const figures = await page.evaluate(
      ({ from, middle, to }) => globalThis.benchPage.overview({ from: middle, to }, { from, to: middle }),
      PERIODS,
    );
    if (turn === 0) note(ours, 'overviewCold', figures.coldMs);
    note(ours, 'overview', figures.warmMs);
    note(theirs, 'overview', await peer.overview(PERIODS));
    note(ours, 'cohorts', await page.evaluate((asOf) => globalThis.benchPage.cohorts(asOf), AS_OF));
    note(theirs, 'cohorts', await peer.cohorts());
  }
  await page.evaluate(() => globalThis.benchPage.dropChannels());
  for (const d of [4, 16]) {
    const iteration = await page.evaluate((columns) => globalThis.benchPage.kmeansIteration(1_000_000, columns), d);
    note(ours, `kmeans${d}`, iteration.oneWorkerMs);
    note(ours, `kmeansAll${d}`, iteration.allWorkersMs);
    note(ours, `kmeansSimd${d}`, iteration.simdMs);
    note(theirs, `kmeansPlain${d}`, iteration.plainMs);
    note(theirs, `kmeansMl${d}`, iteration.peerScaledMs);
  }
  const fit = await page.evaluate(() => globalThis.benchPage.kmeansFit());
  note(ours, 'kmeansFit', fit.openMs + fit.fitMs);
  note(ours, 'kmeansGap', fit.longestGapMs);
  note(ours, 'kmeansSweep', (await page.evaluate(() => globalThis.benchPage.kmeansSweep())).totalMs);
  const brush = await page.evaluate((count) => globalThis.benchPage.crossfilter(count), MANY_CUSTOMERS);
  note(ours, 'brush', brush.moveMs.p95);
  note(ours, 'brushBegin', brush.beginMs.p95);
  note(ours, 'brushPrepare', brush.prepareMs);
  note(ours, 'brushGap', brush.longestGapMs);
  await page.evaluate((count) => globalThis.benchPage.makeCustomers(count), MANY_CUSTOMERS);
  const again = await page.evaluate((asOf) => globalThis.benchPage.scoreAgain(asOf), AS_OF);
  if (again.customers !== MANY_CUSTOMERS)
    throw new Error(`the grid holds ${again.customers} of ${MANY_CUSTOMERS} customers`);
  note(ours, 'million', again.ms);
  const accountIds = await page.evaluate((count) => globalThis.benchPage.makeAccounts(count), MANY_CUSTOMERS);
  const identity = await page.evaluate(() => globalThis.benchPage.resolveAccounts());
  note(ours, 'identityCold', identity.coldMs);
  note(ours, 'identity', identity.warmMs);
  note(ours, 'identityGap', identity.longestGapMs);
  note(theirs, 'identity', await peer.resolveAccounts(accountIds));
  await page.close();
}

for (let number = 1; number <= repeat; number++) await round(number);
peer.close();
const visits = [];
for (let i = 0; i < repeat; i++) visits.push(await measureFirstVisit(browser, appServer.origin));
await browser.close();
await appServer.close();
await pageServer.close();

const sizes = downloadSizes(dist, visits[0]);
const row = (name, own, peerValue, against, unit) => ({
  name,
  ours: own,
  peer: peerValue,
  peerName: against,
  ratio: peerValue === null ? null : own / peerValue,
  unit,
});
const of = (name) => median(ours[name]);
const results = [
  row(
    'import to canonical tables',
    of('import'),
    median(theirs.import),
    `${peerName}: plain read of the file, text ids`,
    'ms',
  ),
  row(
    'RFM with scores, segments and grid',
    of('rfm'),
    median(theirs.rfm),
    `${peerName}: raw text ids, count(DISTINCT order_id)`,
    'ms',
  ),
  row(
    'the same, lines taken for orders',
    of('rfm'),
    median(theirs.rfmLines),
    `${peerName}: raw text ids, count(*) of lines`,
    'ms',
  ),
  row('the whole RFM page', of('page'), null, null, 'ms'),
  row(
    'overview of a year beside the year before, first time',
    of('overviewCold'),
    median(theirs.overview),
    `${peerName}: raw text ids, by month and channel`,
    'ms',
  ),
  row('the same once the table of lines is there', of('overview'), median(theirs.overview), peerName, 'ms'),
  row('cohort triangle by month', of('cohorts'), median(theirs.cohorts), `${peerName}: raw text ids`, 'ms'),
  row('1 M customers: a brush moves by a bin (95 of 100)', of('brush'), 100, 'goal', 'ms'),
  row('1 M customers: a brush begins on another chart (95 of 100)', of('brushBegin'), 100, 'goal', 'ms'),
  row('1 M customers: from tables to charts to brush', of('brushPrepare'), null, null, 'ms'),
  row('longest gap of a timer on the page meanwhile', of('brushGap'), null, null, 'ms'),
  ...[4, 16].flatMap((d) => [
    row(
      `K-Means, 1 M x ${d}, k = 8: an iteration on one worker`,
      of(`kmeans${d}`),
      median(theirs[`kmeansMl${d}`]),
      'ml-kmeans, 50,000 rows scaled',
      'ms',
    ),
    row('the same on all cores', of(`kmeansAll${d}`), of(`kmeans${d}`), 'one worker', 'ms'),
    row('its inner loop, SIMD', of(`kmeansSimd${d}`), median(theirs[`kmeansPlain${d}`]), 'the plain twin', 'ms'),
  ]),
  row('K-Means, a fit of 1 M x 4, k = 8, 4 starts', of('kmeansFit'), 4000, 'goal', 'ms'),
  row('K-Means, k = 2 to 12 of 100,000 x 6 with silhouettes', of('kmeansSweep'), 5000, 'goal', 'ms'),
  row('longest gap of a timer on the page during the fit', of('kmeansGap'), null, null, 'ms'),
  row('policy applied', of('policy'), null, null, 'ms'),
  row('preview of the file', of('preview'), null, null, 'ms'),
  row('1 M customers scored again, grid redrawn', of('million'), 1000, 'goal', 'ms'),
  row('1 M accounts by three keys, first time', of('identityCold'), 5000, 'goal', 'ms'),
  row('1 M accounts by three keys, again', of('identity'), 5000, 'goal', 'ms'),
  row(
    'the same, with normal forms, names, profiles and coverage',
    of('identity'),
    median(theirs.identity),
    `${peerName}: labels spread over equal ids, nothing else`,
    'ms',
  ),
  row('longest gap of a timer on the page meanwhile', of('identityGap'), null, null, 'ms'),
  row('longest task of the page during import (0 = none over 50 ms)', of('task'), 50, 'goal', 'ms'),
  row('longest gap of a timer on the page during import', of('gap'), null, null, 'ms'),
  row('memory of the tables', of('memory'), 90, 'goal', 'bytes a row'),
  row('kept on the device', of('save'), of('import'), 'the import', 'ms'),
  row('opened again from the device', of('reopen'), of('import'), 'the import; goal 0.4', 'ms'),
  row('opened again, sealed under a passphrase', of('reopenSealed'), of('import'), 'the import', 'ms'),
  row('kept on the device, sealed', of('saveSealed'), of('import'), 'the import', 'ms'),
  row('stored on the device', of('stored'), 60, 'goal', 'bytes a row'),
  row('longest gap of a timer on the page meanwhile', of('keepGap'), null, null, 'ms'),
  row('engine opened', of('engine'), null, null, 'ms'),
  row('first paint of the app', median(visits.map((visit) => visit.firstPaintMs)), null, null, 'ms'),
  row('click on the sample to segments on screen', median(visits.map((visit) => visit.sampleMs)), 10_000, 'goal', 'ms'),
  ...sizes.map(({ name, bytes, unit }) => row(name, bytes, null, null, unit)),
  ...(options['without-readers'] ? [] : await measureReaders(1)),
];
console.log(`\n${rows} rows, medians of ${repeat} rounds\n\n${formatTable(results)}`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
