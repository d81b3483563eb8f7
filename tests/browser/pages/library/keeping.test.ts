import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '../../../../src/core/errors';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import KeepNext from '../../../../src/pages/library/KeepNext.svelte';
import KeptMark from '../../../../src/pages/shell/KeptMark.svelte';
import KeptDatasets from '../../../../src/pages/start/KeptDatasets.svelte';
import { findings } from '../import/accessibility';
import { stage } from '../import/open-stage';
import { freshName, keep, openLibrary, sessionOf } from './library-stage';
import { ScriptedKeeper } from './scripted-keeper.svelte';

const SHOP = { rows: 12_480, customers: 3_120 };

describe('the word beside the name of the dataset', () => {
  async function mark(isWritable = true) {
    await page.viewport(1280, 900);
    const keeper = new ScriptedKeeper();
    keeper.phase = 'unkept';
    const onlibrary = () => keeper.asked.push('library');
    return { keeper, screen: await stage(KeptMark, { keeper, isWritable, onlibrary }, new I18n('en')) };
  }

  it('says whether it is kept, how far a save has come, and why it failed', async () => {
    const { keeper, screen } = await mark();
    const button = screen.getByRole('button');
    const status = screen.getByRole('status');
    await expect.element(button).toHaveTextContent('not kept');
    await expect.element(status).toHaveTextContent('gone when this tab is closed');
    keeper.phase = 'saving';
    keeper.share = 0.4;
    await expect.element(button).toHaveTextContent('saving 40%');
    await expect.element(status).toHaveTextContent('Saving to this device');
    keeper.phase = 'kept';
    await expect.element(button).toHaveTextContent(/^kept on this device$/);
    await expect.element(status).toHaveTextContent('Kept on this device');
    keeper.phase = 'failed';
    for (const [code, words] of [
      ['library-full', 'not kept: no room'],
      ['library-not-writer', 'changes not kept'],
      ['library-lost', 'could not be kept'],
    ] as const) {
      keeper.error = new AppError(code);
      await expect.element(button).toHaveTextContent(words);
    }
  });

  it('keeps, calls off, tries again and stops keeping from its menu', async () => {
    const { keeper, screen } = await mark();
    const choose = async (item: string): Promise<void> => {
      screen.getByRole('button').element().focus();
      await userEvent.keyboard('{ArrowDown}');
      await screen.getByRole('menuitem', { name: item }).click();
    };
    await choose('Keep on this device');
    keeper.phase = 'saving';
    await choose('Stop saving');
    keeper.phase = 'failed';
    await choose('Try again');
    await choose('See why');
    keeper.phase = 'kept';
    await choose('Keep it no longer');
    expect(keeper.asked).toEqual(['keep', 'cancel', 'retry', 'library', 'stop keeping']);
  });

  it('changes nothing in a tab that only reads', async () => {
    const { screen } = await mark(false);
    await screen.getByRole('button').click();
    await expect.element(screen.getByRole('menuitem', { name: 'Keep on this device' })).toBeDisabled();
  });
});

describe('the switch beside the import', () => {
  it('is on unless it was put off, and off where nothing can be written, with the reason', async () => {
    const name = freshName();
    const writer = await openLibrary(name);
    const keeper = new ScriptedKeeper();
    const session = sessionOf(writer);
    await session.open();
    const screen = await stage(KeepNext, { session, keeper }, new I18n('en'));
    const toggle = screen.getByRole('switch', { name: 'Keep on this device' });
    await expect.element(toggle).toBeChecked();
    await toggle.click();
    expect(keeper.keepsNext).toBe(false);
    await screen.unmount();

    const reading = sessionOf(await openLibrary(name));
    await reading.open();
    const other = await stage(KeepNext, { session: reading, keeper: new ScriptedKeeper() }, new I18n('en'));
    const refused = other.getByRole('switch', { name: 'Keep on this device' });
    await expect.element(refused).toBeDisabled();
    await expect.element(refused).not.toBeChecked();
    await expect.element(other.getByText('Another tab writes to the library')).toBeVisible();
  });
});

describe('the kept datasets on the first page', () => {
  async function list(count: number) {
    const library = await openLibrary(freshName());
    for (let i = 1; i <= count; i++) await keep(library, `d${i}`, `Shop ${i}`, SHOP);
    const session = sessionOf(library);
    await session.open();
    const keeper = new ScriptedKeeper();
    const props = { session, keeper, libraryHref: '#/library', onopen: (id: string) => void keeper.open(id) };
    return { library, keeper, screen: await stage(KeptDatasets, props, new I18n('en')) };
  }

  it('are the five used last, opened with one click, and a way to all', async () => {
    const { keeper, screen } = await list(6);
    await expect
      .poll(() =>
        screen
          .getByRole('button')
          .elements()
          .map((button) => button.textContent),
      )
      .toEqual(['Shop 6', 'Shop 5', 'Shop 4', 'Shop 3', 'Shop 2']);
    await expect.element(screen.getByRole('link', { name: 'All 6' })).toHaveAttribute('href', '#/library');
    await expect
      .element(screen.getByRole('listitem').first())
      .toHaveTextContent('3,120 customers · last used Nov 20, 2026');
    await screen.getByRole('button', { name: 'Shop 4' }).click();
    expect(keeper.asked).toEqual(['open d4']);
    keeper.opening = { id: 'd4', share: 0.5 };
    await expect.element(screen.getByRole('progressbar', { name: 'Opening Shop 4' })).toBeVisible();
    await screen.getByRole('button', { name: 'Cancel' }).click();
    expect(keeper.asked).toEqual(['open d4', 'cancel']);
  });

  it('take no room where nothing is kept', async () => {
    const { screen } = await list(0);
    expect(screen.container.querySelector('main')?.textContent.trim()).toBe('');
  });

  it('name nothing while the library is locked, and lead to its page', async () => {
    const { library, screen } = await list(1);
    await library.setPassphrase('four words at random');
    library.lock();
    await expect.element(screen.getByRole('link', { name: 'Unlock it' })).toHaveAttribute('href', '#/library');
    expect(document.body.textContent).not.toContain('Shop 1');
  });

  it('leave nothing for axe-core to find', async () => {
    await list(6);
    expect(await findings()).toEqual([]);
    delete document.documentElement.dataset['theme'];
  });
});
