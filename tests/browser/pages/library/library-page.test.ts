import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../../../src/core/errors';
import { createLibrary } from '../../../../src/library/store/browser-library';
import { readWhole } from '../../../support/kept-dataset';
import { findings } from '../import/accessibility';
import { damage, freshName, keep, openLibrary, openPage } from './library-stage';

const SHOP = { rows: 12_480, customers: 3_120 };

describe('the page of what is kept', () => {
  it('says how much is kept, and lists each dataset with its rows, customers, size and times', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    await keep(library, 'b', 'Made up', { rows: 10, customers: 5, isSample: true });
    const { screen, keeper } = await openPage(library, { datasetName: 'Made up' });
    keeper.openId = 'b';
    keeper.phase = 'kept';
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/^2 datasets are kept on this device, 400\.\d KB\. Only this browser can read them\.$/);
    const rows = screen.getByRole('row');
    await expect.element(rows.nth(1)).toHaveTextContent(/Made up\s*open now\s*sample\s*10\s*5\s*200\.\d KB/);
    await expect
      .element(rows.nth(2))
      .toHaveTextContent(
        /Shop orders\s*12,480\s*3,120\s*200\.\d KB\s*Nov 20, 2026, 09:30\s*Nov 20, 2026, 09:30\s*Open/,
      );
    // What is open already cannot be opened again.
    expect(screen.getByRole('button', { name: /^Open / }).elements().length).toBe(1);
  });

  it('opens the one that is clicked', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    const { screen, asked } = await openPage(library);
    await screen.getByRole('button', { name: 'Open Shop orders' }).click();
    expect(asked).toEqual(['open a']);
  });

  it('renames by keyboard, says so, and takes it back', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    const { screen, session } = await openPage(library);
    const heard: string[] = [];
    session.onRenamed((id, name) => heard.push(`${id} ${name}`));
    await expect.element(screen.getByRole('rowheader')).toBeVisible();
    screen.getByRole('button', { name: 'What to do with Shop orders' }).element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(screen.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByLabelText('New name')).toHaveFocus();
    await userEvent.keyboard('Spring{Enter}');
    await expect.element(screen.getByText('Renamed to Spring.')).toBeVisible();
    expect((await library.list()).map(({ name }) => name)).toEqual(['Spring']);
    await screen.getByRole('button', { name: 'Undo' }).click();
    await expect.element(screen.getByRole('rowheader')).toHaveTextContent('Shop orders');
    expect(heard).toEqual(['a Spring', 'a Shop orders']);
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveFocus();
  });

  it('duplicates, and takes the copy away again', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    const { screen } = await openPage(library);
    await screen.getByRole('button', { name: 'What to do with Shop orders' }).click();
    await screen.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect.element(screen.getByText('Duplicated as Shop orders (copy).')).toBeVisible();
    expect((await library.list()).map(({ name }) => name).sort()).toEqual(['Shop orders', 'Shop orders (copy)']);
    await screen.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await library.list()).map(({ id }) => id)).toEqual(['a']);
  });

  it('asks before it deletes, naming what goes, and leaves the rest', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    await keep(library, 'b', 'Other', { rows: 1, customers: 1 });
    const { screen } = await openPage(library);
    const ask = async (): Promise<void> => {
      await screen.getByRole('button', { name: 'What to do with Shop orders' }).click();
      await screen.getByRole('menuitem', { name: 'Delete' }).click();
    };
    await ask();
    await expect
      .element(screen.getByRole('dialog', { name: 'Delete Shop orders?' }))
      .toHaveTextContent(/12,480 rows of 3,120 customers, 200\.\d KB, are removed/);
    await screen.getByRole('button', { name: 'Cancel' }).click();
    expect((await library.list()).length).toBe(2);
    await ask();
    await screen.getByRole('button', { name: 'Delete from this device' }).click();
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('1 dataset is kept');
    expect((await library.list()).map(({ id }) => id)).toEqual(['b']);
    await expect
      .element(screen.getByText(/Shop orders is deleted/))
      .toHaveTextContent(/Shop orders is deleted: 12,480 rows, 200\.\d KB\./);
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveFocus();
  });

  it('has the keeper take away the dataset in force, which stays open', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    const { screen, keeper } = await openPage(library, { datasetName: 'Shop orders' });
    keeper.openId = 'a';
    keeper.phase = 'kept';
    await screen.getByRole('button', { name: 'What to do with Shop orders' }).click();
    await screen.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.element(screen.getByRole('dialog')).toHaveTextContent('It stays open in this tab');
    await screen.getByRole('button', { name: 'Delete from this device' }).click();
    expect(keeper.asked).toEqual(['stop keeping']);
    expect((await library.list()).map(({ id }) => id)).toEqual(['a']);
  });

  it('says why the dataset in force is not kept, and tries again', async () => {
    const library = await openLibrary(freshName());
    const { screen, keeper } = await openPage(library, { datasetName: 'Shop orders' });
    keeper.phase = 'unkept';
    await screen.getByRole('button', { name: 'Keep on this device' }).click();
    keeper.phase = 'saving';
    keeper.share = 0.4;
    await expect
      .element(screen.getByRole('progressbar', { name: 'Keeping Shop orders' }))
      .toHaveAttribute('aria-valuenow', '40');
    await screen.getByRole('button', { name: 'Cancel' }).click();
    keeper.error = new AppError('library-full', { neededBytes: 3_000_000 });
    keeper.phase = 'failed';
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('not enough room on this device for another 3.0 MB');
    await screen.getByRole('button', { name: 'Try again' }).click();
    expect(keeper.asked).toEqual(['keep', 'cancel', 'retry']);
  });

  it('shows a damaged dataset with what happened and the way out, and never opens it', async () => {
    const name = freshName();
    const library = await openLibrary(name);
    await keep(library, 'a', 'Shop orders', SHOP);
    await damage(name);
    await expect(readWhole(library, 'a')).rejects.toThrow('library-damaged');
    const { screen } = await openPage(library);
    const row = screen.getByRole('row').nth(1);
    await expect.element(row).toHaveTextContent(/Shop orders\s*damaged\s*It has changed on the disk/);
    await expect.element(row.getByRole('link', { name: 'Import files' })).toHaveAttribute('href', '#/open');
    expect(screen.getByRole('button', { name: /^Open / }).elements()).toEqual([]);
    await screen.getByRole('button', { name: 'What to do with Shop orders' }).click();
    await expect.element(screen.getByRole('menuitem', { name: 'Duplicate' })).toBeDisabled();
    await screen.getByRole('menuitem', { name: 'Delete' }).click();
    await screen.getByRole('button', { name: 'Delete from this device' }).click();
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('Nothing is kept on this device.');
  });

  it('reads only while another tab writes, and takes over when told to', async () => {
    const name = freshName();
    const other = await openLibrary(name);
    await keep(other, 'a', 'Shop orders', SHOP);
    const library = await openLibrary(name);
    const { screen } = await openPage(library);
    await expect.element(screen.getByText('Another tab of Silhouette writes to the library')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Set a passphrase' })).toBeDisabled();
    await screen.getByRole('button', { name: 'What to do with Shop orders' }).click();
    await expect.element(screen.getByRole('menuitem', { name: 'Rename' })).toBeDisabled();
    await userEvent.keyboard('{Escape}');
    await screen.getByRole('button', { name: 'Take over' }).click();
    await expect.poll(() => [library.standing, other.standing]).toEqual(['writer', 'reader']);
    await expect.element(screen.getByRole('button', { name: 'Set a passphrase' })).toBeEnabled();
  });

  it('leaves a newer library alone, says so, and offers the way on', async () => {
    const name = freshName();
    (await openDB(name, 999)).close();
    const library = createLibrary({ name, now: () => 0 });
    const { screen } = await openPage(library);
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Nothing can be kept here.');
    await expect.element(screen.getByText('written by a newer version of Silhouette')).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'Import files' })).toHaveAttribute('href', '#/open');
    const untouched = await openDB(name);
    expect([untouched.version, untouched.objectStoreNames.length]).toEqual([999, 0]);
    untouched.close();
  });

  it('follows what another tab does', async () => {
    const name = freshName();
    const other = await openLibrary(name);
    const library = await openLibrary(name);
    const { screen } = await openPage(library);
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Nothing is kept');
    await keep(other, 'a', 'Shop orders', SHOP);
    await expect.element(screen.getByRole('rowheader')).toHaveTextContent('Shop orders');
  });

  it('leaves nothing for axe-core to find, in both languages and themes, wide and narrow', async () => {
    for (const locale of ['en', 'zh'] as const) {
      const library = await openLibrary(freshName());
      await keep(library, 'a', '门店订单', SHOP);
      await keep(library, 'b', 'Made up', { rows: 10, customers: 5, isSample: true });
      const { screen, keeper } = await openPage(library, { locale, datasetName: '会员' });
      keeper.phase = 'unkept';
      await expect.element(screen.getByRole('rowheader', { name: /门店订单/ })).toBeVisible();
      expect(await findings()).toEqual([]);
      await screen.unmount();
      await library.close();
    }
    delete document.documentElement.dataset['theme'];
  });
});
