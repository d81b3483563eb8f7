import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { findings } from '../import/accessibility';
import { freshName, keep, openLibrary, openPage } from './library-stage';

const SHOP = { rows: 12_480, customers: 3_120 };
const PASSPHRASE = 'four words at random';

describe('the passphrase of the library', () => {
  it('says before that there is no recovery, wants it twice, and seals what is kept', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    const { screen } = await openPage(library);
    await screen.getByRole('button', { name: 'Set a passphrase' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Set a passphrase' });
    await expect.element(dialog).toHaveTextContent('There is no recovery.');
    await expect.element(dialog).toHaveTextContent('may linger on the disk');
    await expect.element(screen.getByLabelText('New passphrase')).toHaveFocus();
    await userEvent.keyboard('short12{Enter}');
    await expect.element(screen.getByText('Use at least 8 characters.')).toBeVisible();
    await screen.getByLabelText('New passphrase').fill('eight ch');
    await expect.element(dialog).toHaveTextContent('Short: whoever copies the disk can try very many.');
    await screen.getByLabelText('New passphrase').fill(PASSPHRASE);
    await expect.element(dialog).toHaveTextContent('Long enough to hold, unless somebody can guess it');
    await screen.getByLabelText('Once more').fill('four words at randon');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('The two are not the same.')).toBeVisible();
    expect(library.hasPassphrase).toBe(false);
    await screen.getByLabelText('Once more').fill(PASSPHRASE);
    await userEvent.keyboard('{Enter}');
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/^1 dataset is kept on this device, .* Only your passphrase opens it\.$/);
    expect([library.hasPassphrase, library.state]).toEqual([true, 'open']);
  });

  it('asks for it first, refuses a wrong one beside the field, and shows what is kept for the right one', async () => {
    const name = freshName();
    const before = await openLibrary(name);
    await keep(before, 'a', 'Shop orders', SHOP);
    await before.setPassphrase(PASSPHRASE);
    await before.close();
    const { screen, session } = await openPage(await openLibrary(name));
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('The library is locked.');
    expect(document.body.textContent).not.toContain('Shop orders');
    const field = screen.getByLabelText('Passphrase', { exact: true });
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard('five words at random{Enter}');
    await expect.element(screen.getByRole('alert')).toHaveTextContent('This is not the passphrase.');
    await expect.element(field).toHaveFocus();
    expect(session.list).toEqual([]);
    await userEvent.keyboard(`${PASSPHRASE}{Enter}`);
    await expect.element(screen.getByRole('rowheader')).toHaveTextContent('Shop orders');
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveFocus();
  });

  it('changes it, so that the old one opens nothing any more, and takes it off again', async () => {
    const library = await openLibrary(freshName());
    await keep(library, 'a', 'Shop orders', SHOP);
    await library.setPassphrase(PASSPHRASE);
    const { screen } = await openPage(library);
    await screen.getByRole('button', { name: 'Change it' }).click();
    await userEvent.keyboard('five words at random');
    await screen.getByLabelText('New passphrase').fill('another of four words');
    await screen.getByLabelText('Once more').fill('another of four words');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('alert')).toHaveTextContent('This is not the passphrase.');
    await screen.getByLabelText('Passphrase so far').fill(PASSPHRASE);
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    library.lock();
    await expect(library.unlock(PASSPHRASE)).rejects.toThrow('library-wrong-passphrase');
    await library.unlock('another of four words');
    await screen.getByRole('button', { name: 'Remove it' }).click();
    await expect.element(screen.getByRole('dialog')).toHaveTextContent('is written in plain again');
    await userEvent.keyboard('another of four words{Enter}');
    await expect.element(screen.getByRole('button', { name: 'Set a passphrase' })).toBeVisible();
    expect(library.hasPassphrase).toBe(false);
  });

  it('locks by itself once nobody has moved or typed for as long as is chosen', async () => {
    const library = await openLibrary(freshName());
    await library.setPassphrase(PASSPHRASE);
    const { screen, clock } = await openPage(library);
    await screen.getByRole('radio', { name: '5 min', exact: true }).click();
    clock.pass(4 * 60_000);
    await userEvent.keyboard('{Shift}');
    clock.pass(4 * 60_000);
    expect(library.state).toBe('open');
    clock.pass(60_000);
    expect(library.state).toBe('locked');
    await expect.element(screen.getByRole('heading', { level: 1 })).toHaveTextContent('The library is locked.');
    await library.unlock(PASSPHRASE);
    await screen.getByRole('radio', { name: 'never' }).click();
    clock.pass(24 * 60 * 60_000);
    expect(library.state).toBe('open');
  });

  it('says that an open dataset stays in memory, and closes it when told to', async () => {
    const library = await openLibrary(freshName());
    await library.setPassphrase(PASSPHRASE);
    const { screen, keeper, asked } = await openPage(library, { datasetName: 'Shop orders' });
    keeper.phase = 'unkept';
    await screen.getByRole('button', { name: 'Lock now' }).click();
    await expect.element(screen.getByText('Shop orders is still open in this tab')).toBeVisible();
    await screen.getByRole('button', { name: 'Close it' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Close Shop orders?' });
    await expect.element(dialog).toHaveTextContent('It is not kept');
    expect(asked).toEqual([]);
    await dialog.getByRole('button', { name: 'Close it' }).click();
    expect(asked).toEqual(['close']);
  });

  it('leaves nothing for axe-core to find, locked, sealed and being set', async () => {
    for (const locale of ['en', 'zh'] as const) {
      const library = await openLibrary(freshName());
      await library.setPassphrase(PASSPHRASE);
      library.lock();
      const { screen } = await openPage(library, { locale, datasetName: 'Shop orders' });
      expect(await findings()).toEqual([]);
      await library.unlock(PASSPHRASE);
      await screen.getByRole('button', { name: /^(Change it|更改口令)$/ }).click();
      expect(await findings()).toEqual([]);
      await screen.unmount();
      await library.close();
    }
    delete document.documentElement.dataset['theme'];
  });
});
