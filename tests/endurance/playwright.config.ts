import { defineConfig } from '@playwright/test';

/** The long runs: `npm run test:endurance`. The gate has a short one of each, in tests/e2e. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.endurance.ts',
  globalSetup: '../support/e2e-setup.ts',
  outputDir: '../../test-results/endurance',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 30 * 60_000,
  reporter: [['list']],
});
