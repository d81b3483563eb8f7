import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { AppError } from '../../../../../src/core/errors';
import { createBrowserDb } from '../../../../../src/db/duckdb-browser';
import { I18n } from '../../../../../src/i18n/i18n.svelte';
import { VALUES_IN_PROCESS } from '../../../../../src/ingest/privacy/value-worker';
import { createPseudonymKeys } from '../../../../../src/library/pseudonym-key';
import { PrivacySession } from '../../../../../src/state/privacy.svelte';
import { RevealLog } from '../../../../../src/state/reveals.svelte';
import { spawnClassicWorker, watchWorker } from '../../../../../src/workers/spawn';
import { findings } from '../../import/accessibility';
import DownloadStage from './DownloadStage.svelte';

const written = (inFull: boolean): Promise<Blob> => Promise.resolve(new Blob([inFull ? 'in full' : 'masked']));

async function open(make = written, i18n = new I18n('en')) {
  await page.viewport(1280, 900);
  document.documentElement.lang = i18n.locale;
  const now = (): number => 1_700_000_000_000;
  const reveals = new RevealLog();
  // No question reaches the engine, which opens with the first.
  const db = createBrowserDb({ spawn: spawnClassicWorker, watch: watchWorker });
  const privacy = new PrivacySession({ db, keys: createPseudonymKeys(now), values: VALUES_IN_PROCESS, reveals, now });
  const saved: string[] = [];
  const onsave = (file: Blob, name: string): void => void file.text().then((text) => saved.push(`${name}: ${text}`));
  const screen = await render(DownloadStage, { i18n, privacy, make, onsave });
  return { screen, reveals, saved, download: screen.getByRole('button', { name: 'Download CSV' }) };
}

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

describe('the download of rows of a file', () => {
  it('is masked unless asked otherwise, and notes nothing then', async () => {
    const { screen, reveals, saved, download } = await open();
    await expect.element(screen.getByRole('radio', { name: 'Masked' })).toBeChecked();
    await download.click();
    await expect.poll(() => saved).toEqual(['till-left-out.csv: masked']);
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    expect(reveals.list).toEqual([]);
  });

  it('in full is noted with the file’s name, and masked again the next time', async () => {
    const { screen, reveals, saved, download } = await open();
    await screen.getByRole('radio', { name: 'In full' }).click();
    await download.click();
    await expect.poll(() => saved).toEqual(['till-left-out.csv: in full']);
    expect(reveals.list).toMatchObject([{ act: 'file', title: 'till-left-out.csv', revealedAt: 1_700_000_000_000 }]);
    await screen.getByRole('button', { name: 'Open' }).click();
    await expect.element(screen.getByRole('radio', { name: 'Masked' })).toBeChecked();
  });

  it('that cannot be written says why, stays open and notes nothing', async () => {
    const { screen, reveals, saved, download } = await open(() => Promise.reject(new AppError('nothing-to-export')));
    await screen.getByRole('radio', { name: 'In full' }).click();
    await download.click();
    await expect.element(screen.getByRole('alert')).toBeVisible();
    expect([saved, reveals.list]).toEqual([[], []]);
  });

  it('leaves nothing for axe-core to find, in both languages', async () => {
    const { screen } = await open();
    expect(await findings()).toEqual([]);
    await screen.unmount();
    await open(written, new I18n('zh'));
    expect(await findings()).toEqual([]);
  });
});
