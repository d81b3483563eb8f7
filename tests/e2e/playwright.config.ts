import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  globalSetup: '../support/e2e-setup.ts',
  outputDir: '../../test-results/e2e',
  // The engine takes a core of its own, and the machine that judges has two.
  workers: 1,
  // A machine that is short of time may miss once; the gate names what passed only the second time.
  retries: 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../../.cache/gate/e2e.json' }]],
  use: { viewport: { width: 1280, height: 800 }, locale: 'en-US', serviceWorkers: 'allow', trace: 'off' },
});
