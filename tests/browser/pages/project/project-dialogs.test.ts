import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import { I18n } from '../../../../src/i18n/i18n.svelte';
import type { KeptPart } from '../../../../src/library/library';
import OpenProject from '../../../../src/pages/project/OpenProject.svelte';
import SaveProject from '../../../../src/pages/project/SaveProject.svelte';
import { ProjectFileSession, type ProjectPlace } from '../../../../src/state/project-file.svelte';
import { bytesOf, drawn, readProject, writeProject } from '../../../support/project-parts';
import { findings } from '../import/accessibility';
import Stage from '../import/Stage.svelte';

const DOCUMENT = { name: '门店 2026' };
const PARTS = [{ name: 'orders 1', bytes: bytesOf(5_000) }];
const PASSPHRASE = 'four random words';

interface Restored {
  readonly document: unknown;
  readonly parts: readonly KeptPart[];
  readonly hasData: boolean;
}

function begin() {
  const delivered: { file: Blob; name: string }[] = [];
  const restored: Restored[] = [];
  const place: ProjectPlace = {
    capture: (withData) =>
      Promise.resolve({
        name: 'shop',
        document: DOCUMENT,
        parts: withData ? drawn(PARTS) : null,
        estimatedBytes: 5_000,
      }),
    restore: async (document, parts, hasData) => {
      const all: KeptPart[] = [];
      for await (const part of parts) all.push(part);
      restored.push({ document, parts: all, hasData });
    },
  };
  const session = new ProjectFileSession(place, (file, name) => delivered.push({ file, name }));
  return { session, delivered, restored };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- dialogs of any props are staged
async function show(dialog: Component<any>, props: Record<string, unknown>, i18n = new I18n('en')) {
  await page.viewport(1280, 900);
  document.documentElement.lang = i18n.locale;
  document.title = 'Silhouette';
  return render(Stage, { props: { i18n, page: dialog, props } });
}

async function openFile(parts: readonly KeptPart[] | null, passphrase?: string, i18n?: I18n) {
  const begun = begin();
  await begun.session.offer(new File([await writeProject(DOCUMENT, parts, { passphrase })], 'shop.silhouette'));
  const project = begun.session.offered;
  const screen = await show(OpenProject, { session: begun.session, project, datasetName: 'orders.csv' }, i18n);
  return { ...begun, screen };
}

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

describe('saving a project file', () => {
  it('leaves the data out unless it is asked for', async () => {
    const { session, delivered } = begin();
    const screen = await show(SaveProject, { session, customers: 1_234, onclose: () => undefined });
    await expect.element(screen.getByRole('radio', { name: 'Without data' })).toBeChecked();
    await userEvent.click(screen.getByRole('button', { name: 'Save the project file' }));
    await expect.element(screen.getByText(/^Saved as shop\.silhouette/)).toBeVisible();
    expect(await readProject(delivered[0]?.file ?? new Blob())).toEqual({ document: DOCUMENT, parts: [] });
  });

  it('says what data in it means before it writes any, and encrypts it under the passphrase', async () => {
    const { session, delivered } = begin();
    const screen = await show(SaveProject, { session, customers: 1_234, onclose: () => undefined });
    await userEvent.click(screen.getByText('With the data, encrypted'));
    await expect.element(screen.getByText(/Everything about 1,234 customers .* in full/)).toBeVisible();
    await expect.element(screen.getByText(/nobody can open the file again/)).toBeVisible();
    await userEvent.fill(screen.getByLabelText('Passphrase'), PASSPHRASE);
    await userEvent.fill(screen.getByLabelText('Once more'), PASSPHRASE);
    await userEvent.click(screen.getByRole('button', { name: 'Save the project file' }));
    await expect.element(screen.getByText(/^Saved as shop\.silhouette/)).toBeVisible();
    const file = delivered[0]?.file ?? new Blob();
    expect(await readProject(file, { passphrase: PASSPHRASE })).toEqual({ document: DOCUMENT, parts: PARTS });
    expect(new TextDecoder('latin1').decode(await file.arrayBuffer())).not.toContain('orders');
  });

  it('writes nothing under a passphrase that is too short or was not typed twice alike', async () => {
    const { session, delivered } = begin();
    const screen = await show(SaveProject, { session, customers: 1_234, onclose: () => undefined });
    await userEvent.click(screen.getByText('With the data, encrypted'));
    await userEvent.fill(screen.getByLabelText('Passphrase'), 'short');
    await userEvent.click(screen.getByRole('button', { name: 'Save the project file' }));
    await expect.element(screen.getByRole('alert')).toHaveTextContent('Use at least 8 characters.');
    await expect.element(screen.getByLabelText('Passphrase')).toHaveFocus();
    await userEvent.fill(screen.getByLabelText('Passphrase'), PASSPHRASE);
    await userEvent.fill(screen.getByLabelText('Once more'), 'four random word');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('alert')).toHaveTextContent('The two are not the same.');
    expect(delivered).toEqual([]);
    expect(session.work).toBeNull();
  });

  it('writes the data readable only when that is chosen', async () => {
    const { session, delivered } = begin();
    const screen = await show(SaveProject, { session, customers: 1, onclose: () => undefined });
    await userEvent.click(screen.getByText('With the data, readable'));
    await expect.element(screen.getByText(/Everything about 1 customer goes/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Save the project file' }));
    await expect.element(screen.getByText(/^Saved as/)).toBeVisible();
    expect(await readProject(delivered[0]?.file ?? new Blob())).toEqual({ document: DOCUMENT, parts: PARTS });
  });

  it('offers no data where no dataset is open', async () => {
    const { session } = begin();
    const screen = await show(SaveProject, { session, customers: 0, onclose: () => undefined });
    await expect.element(screen.getByRole('radio')).toHaveAccessibleName('Without data');
  });

  it.each(['en', 'zh'] as const)('can be used by everybody (%s)', async (locale) => {
    const { session } = begin();
    const screen = await show(SaveProject, { session, customers: 1_234, onclose: () => undefined }, new I18n(locale));
    await userEvent.click(screen.getByRole('radio').nth(1));
    await userEvent.fill(
      screen
        .getByRole('textbox')
        .or(page.getByLabelText(/^(Passphrase|口令)$/))
        .first(),
      'four random',
    );
    expect(await findings()).toEqual([]);
  });
});

describe('opening a project file', () => {
  it('puts the data in place once it is agreed to, and says what that replaces', async () => {
    const { screen, session, restored } = await openFile(PARTS);
    await expect.element(screen.getByText('It takes the place of orders.csv, which is open now.')).toBeVisible();
    await expect.element(screen.getByText(/It is not encrypted/)).toBeVisible();
    expect(restored).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Open it', exact: true }));
    await expect.poll(() => session.offered).toBeNull();
    expect(restored).toEqual([{ document: DOCUMENT, parts: PARTS, hasData: true }]);
  });

  it('asks for the passphrase, refuses another, and keeps the keyboard in its field', async () => {
    const { screen, session, restored } = await openFile(PARTS, PASSPHRASE);
    const field = screen.getByLabelText('Passphrase');
    await expect.element(field).toHaveFocus();
    await userEvent.keyboard('a guess{Enter}');
    await expect.element(screen.getByRole('alert')).toHaveTextContent('This is not the passphrase.');
    await expect.element(field).toHaveFocus();
    expect(restored).toEqual([]);
    await userEvent.keyboard(`${PASSPHRASE}{Enter}`);
    await expect.poll(() => session.offered).toBeNull();
    expect(restored).toEqual([{ document: DOCUMENT, parts: PARTS, hasData: true }]);
  });

  it('says of a file without data that it waits for files, and replaces nothing', async () => {
    const { screen } = await openFile(null);
    await expect.element(screen.getByText(/a recipe for the files you drop next/)).toBeVisible();
    expect(screen.getByText(/takes the place/).query()).toBeNull();
  });

  it('is put away by Escape and changes nothing', async () => {
    const { session, restored } = await openFile(PARTS);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => session.offered).toBeNull();
    expect(restored).toEqual([]);
  });

  it('tells of a file that is damaged further in', async () => {
    const begun = begin();
    const bytes = new Uint8Array(await (await writeProject(DOCUMENT, PARTS)).arrayBuffer());
    const damaged = bytes.with(4_000, (bytes[4_000] ?? 0) ^ 1);
    await begun.session.offer(new File([damaged], 'shop.silhouette'));
    const props = { session: begun.session, project: begun.session.offered, datasetName: '' };
    const screen = await show(OpenProject, props);
    await userEvent.click(screen.getByRole('button', { name: 'Open it', exact: true }));
    await expect.element(screen.getByRole('alert')).toHaveTextContent(/cut off, damaged or was changed/);
    expect(begun.restored).toEqual([]);
  });

  it.each(['en', 'zh'] as const)('can be used by everybody (%s)', async (locale) => {
    const { screen } = await openFile(PARTS, PASSPHRASE, new I18n(locale));
    await userEvent.keyboard('a guess{Enter}');
    await expect.element(screen.getByRole('alert')).toBeVisible();
    expect(await findings()).toEqual([]);
  });
});
