/**
 * The whole gate: `npm test`, or some of its steps: `npm test -- lint unit`. Static steps run two at
 * a time; those that drive a browser run alone. Ends with `N passed, N failed`: every test counts, and
 * a step without tests of its own counts as one. A skipped test is a failed one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const reports = join(root, '.cache', 'gate');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const STEP_LIMIT_MS = 10 * 60_000;

const vitest = (project) => ({
  name: project,
  command: [
    bin('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
  ],
  count: () => countVitest(report(project)),
  failures: vitestFailures,
});

const STEPS = [
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: [bin('eslint'), '--config', '.ci/eslint.config.js', '--max-warnings', '0', '.'] },
  { name: 'types', command: [bin('tsc'), '--noEmit'] },
  { name: 'types-kernels', command: [bin('tsc'), '--noEmit', '-p', 'src/kernels'] },
  { name: 'types-workers', command: [bin('tsc'), '--noEmit', '-p', 'src/workers'] },
  { name: 'types-offline', command: [bin('tsc'), '--noEmit', '-p', 'src/offline'] },
  {
    name: 'types-svelte',
    command: [bin('svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  { name: 'types-control', command: ['node', 'tests/support/type-controls.mjs'] },
  { name: 'unused', command: [bin('knip'), '--config', '.ci/knip.json', '--no-progress'] },
  vitest('unit'),
  vitest('integration'),
  { ...vitest('browser'), browser: true },
  {
    name: 'e2e',
    command: [bin('playwright'), 'test', '--config', 'tests/e2e/playwright.config.ts'],
    count: () => countPlaywright(report('e2e')),
    failures: playwrightFailures,
    flaky: playwrightFlaky,
    browser: true,
  },
];

function report(name) {
  return join(reports, `${name}.json`);
}

function countVitest(path) {
  const { numPassedTests: passed, numTotalTests: total } = JSON.parse(readFileSync(path, 'utf8'));
  return { passed, failed: total - passed };
}

function countPlaywright(path) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(path, 'utf8')).stats;
  return { passed: expected + flaky, failed: unexpected + skipped };
}

/** The tests of a step as its report counts them; a step that broke before it could count is one failure. */
function countStep(step, code) {
  const none = { passed: 0, failed: 0 };
  const tests = step.count === undefined || !existsSync(report(step.name)) ? none : step.count();
  if (step.count === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const broken = code !== 0 || tests.passed === 0;
  return { passed: tests.passed, failed: broken ? Math.max(1, tests.failed) : tests.failed };
}

async function runStep(step) {
  const started = performance.now();
  const { code, output } = await run(step.command);
  const counts = countStep(step, code);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const tests = step.count === undefined ? '' : `  ${counts.passed} passed, ${counts.failed} failed`;
  const failed = counts.failed > 0;
  console.log(`${failed ? 'FAIL' : 'ok  '} ${step.name.padEnd(14)} ${seconds.padStart(6)} s${tests}`);
  for (const title of flakyOf(step)) console.log(`     passed only when tried again: ${title}`);
  // A log may be cut short: what went wrong comes before how it went.
  if (failed) console.log([...failuresOf(step), output.trimEnd()].join('\n').replace(/^/gm, '     | '));
  return counts;
}

/** The failed tests of a step with their messages, as its report has them. */
function failuresOf(step) {
  if (step.failures === undefined || !existsSync(report(step.name))) return [];
  return step.failures(JSON.parse(readFileSync(report(step.name), 'utf8')));
}

/** Journeys that failed once and then passed: named, so that nobody has to look for them. */
function flakyOf(step) {
  if (step.flaky === undefined || !existsSync(report(step.name))) return [];
  return step.flaky(JSON.parse(readFileSync(report(step.name), 'utf8')));
}

function playwrightFlaky({ suites = [], specs = [] }) {
  const flaky = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'));
  return [...flaky.map(({ title }) => title), ...suites.flatMap(playwrightFlaky)];
}

function vitestFailures({ testResults }) {
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter((test) => test.status === 'failed'),
  );
  return failed.map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`);
}

function playwrightFailures({ suites = [], specs = [] }) {
  const failed = specs.filter((spec) => !spec.ok);
  const messages = failed.map(({ title, tests }) => {
    const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
    return `${title}\n${errors.map((error) => error.message).join('\n')}`;
  });
  return [...messages, ...suites.flatMap(playwrightFailures)];
}

function run([command, ...args]) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const stop = (why) => {
      output += `\n${why}\n`;
      process.kill(-child.pid, 'SIGKILL');
    };
    const limit = setTimeout(() => stop(`stopped after ${STEP_LIMIT_MS / 60_000} minutes`), STEP_LIMIT_MS);
    const onInterrupt = () => {
      stop('interrupted');
      process.exit(130);
    };
    process.once('SIGINT', onInterrupt);
    const end = (code) => {
      clearTimeout(limit);
      process.off('SIGINT', onInterrupt);
      done({ code, output });
    };
    child.on('error', (error) => {
      output += String(error);
      end(1);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

async function inLanes(steps, lanes) {
  const waiting = [...steps];
  const results = [];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) results.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

async function main(wanted) {
  const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.log(`No such step: ${unknown.join(', ')} (there are: ${STEPS.map((step) => step.name).join(', ')})`);
    return [{ passed: 0, failed: unknown.length }];
  }
  const steps = wanted.length === 0 ? STEPS : STEPS.filter((step) => wanted.includes(step.name));
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results = await inLanes(
    steps.filter((step) => step.browser !== true),
    2,
  );
  const inBrowser = steps.filter((step) => step.browser === true);
  const obstacle = inBrowser.length === 0 ? undefined : await ensureChromium();
  if (obstacle === undefined) results.push(...(await inLanes(inBrowser, 1)));
  else {
    console.log(`FAIL ${inBrowser.map((step) => step.name).join(', ')}: ${obstacle}`);
    results.push({ passed: 0, failed: inBrowser.length });
  }
  return results;
}

const results = await main(process.argv.slice(2));
const passed = results.reduce((sum, counts) => sum + counts.passed, 0);
const failed = results.reduce((sum, counts) => sum + counts.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
