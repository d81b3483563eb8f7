import { expect, test, vi } from 'vitest';
import { createDeferred } from '../../../src/core/deferred';
import { AppError } from '../../../src/core/errors';
import type { KeptPart } from '../../../src/library/library';
import { ProjectFileSession, type ProjectPlace } from '../../../src/state/project-file.svelte';
import { bytesOf, drawn, readProject, writeProject } from '../../support/project-parts';

// A passphrase costs a quarter of a second of a processor that is free, and others run beside this one.
vi.setConfig({ testTimeout: 120_000 });

const DOCUMENT = { name: '门店 2026' };
const PARTS = [{ name: 'orders 1', bytes: bytesOf(4_500_000) }];
const PASSPHRASE = 'four random words';

/** A place in memory: what is open there, replaced as a whole or not at all. */
class MemoryPlace implements ProjectPlace {
  open: { document: unknown; parts: readonly KeptPart[]; hasData: boolean } | null = null;

  capture(withData: boolean) {
    const parts = withData ? drawn(PARTS) : null;
    return Promise.resolve({ name: 'shop', document: DOCUMENT, parts, estimatedBytes: withData ? 4_500_000 : 0 });
  }

  async restore(document: unknown, parts: AsyncIterable<KeptPart>, hasData: boolean): Promise<void> {
    const all: KeptPart[] = [];
    for await (const part of parts) all.push(part);
    this.open = { document, parts: all, hasData };
  }
}

function begin(place: ProjectPlace = new MemoryPlace()) {
  const delivered: { file: Blob; name: string }[] = [];
  const session = new ProjectFileSession(place, (file, name) => delivered.push({ file, name }));
  return { session, delivered };
}

async function fileOf(parts: readonly KeptPart[] | null, passphrase?: string): Promise<File> {
  return new File([await writeProject(DOCUMENT, parts, { passphrase })], 'shop.silhouette');
}

test('a project is saved without data unless data is asked for', async () => {
  const { session, delivered } = begin();
  await session.save(false);
  expect(delivered.map(({ name }) => name)).toEqual(['shop.silhouette']);
  expect(await readProject(delivered[0]?.file ?? new Blob())).toEqual({ document: DOCUMENT, parts: [] });
  expect(session.saved).toEqual({ name: 'shop.silhouette', bytes: delivered[0]?.file.size });
  expect([session.work, session.error]).toEqual([null, null]);
});

test('a project saved under a passphrase is put in place elsewhere with it', async () => {
  const { session, delivered } = begin();
  await session.save(true, PASSPHRASE);
  const place = new MemoryPlace();
  const other = begin(place).session;
  await other.offer(new File([delivered[0]?.file ?? ''], 'shop.silhouette'));
  expect(other.offered).toMatchObject({ name: 'shop.silhouette', facts: { isSealed: true, hasData: true } });
  expect(place.open).toBeNull();
  await other.accept(PASSPHRASE);
  expect(place.open).toMatchObject({ document: DOCUMENT, hasData: true });
  expect(Buffer.from(place.open?.parts[0]?.bytes ?? []).equals(Buffer.from(bytesOf(4_500_000)))).toBe(true);
  expect(other.offered).toBeNull();
});

test('a wrong passphrase changes nothing and may be tried again', async () => {
  const place = new MemoryPlace();
  const { session } = begin(place);
  await session.offer(await fileOf(null, PASSPHRASE));
  await session.accept('a guess');
  expect(session.error).toMatchObject({ code: 'library-wrong-passphrase' });
  expect(place.open).toBeNull();
  await session.accept(PASSPHRASE);
  expect(session.error).toBeNull();
  expect(place.open).toEqual({ document: DOCUMENT, parts: [], hasData: false });
});

test('what is no project file is not offered', async () => {
  const { session } = begin();
  await expect(session.offer(new File(['a,b\n1,2\n'], 'x.silhouette'))).rejects.toMatchObject({
    code: 'project-broken',
  });
  expect(session.offered).toBeNull();
});

test('a damaged file is never put in place, and says so', async () => {
  const place = new MemoryPlace();
  const { session } = begin(place);
  const whole = Buffer.from(await (await fileOf(PARTS)).arrayBuffer());
  whole[4_200_000] = (whole[4_200_000] ?? 0) ^ 1;
  await session.offer(new File([whole], 'shop.silhouette'));
  await session.accept();
  expect(session.error).toMatchObject({ code: 'project-broken' });
  expect(place.open).toBeNull();
  expect(session.offered).not.toBeNull();
});

test('why a project could not be put in place is told', async () => {
  const place = new MemoryPlace();
  place.restore = () => Promise.reject(new AppError('recipe-invalid', { place: 'files.0' }));
  const { session } = begin(place);
  await session.offer(await fileOf(null));
  await session.accept();
  expect(session.error).toMatchObject({ code: 'recipe-invalid' });
  session.decline();
  expect([session.offered, session.error]).toEqual([null, null]);
});

test('a save that is cancelled hands nothing over and says nothing', async () => {
  const reached = createDeferred<undefined>();
  const place = new MemoryPlace();
  const capture = place.capture.bind(place);
  place.capture = async (withData) => {
    reached.resolve(undefined);
    return capture(withData);
  };
  const { session, delivered } = begin(place);
  const saving = session.save(true);
  await reached.promise;
  expect(session.work).toBe('saving');
  session.cancel();
  await saving;
  expect(delivered).toEqual([]);
  expect([session.work, session.error, session.saved]).toEqual([null, null, null]);
});

test('a file dropped while another is being opened takes its place', async () => {
  const place = new MemoryPlace();
  const { session } = begin(place);
  const [first, second] = [await fileOf(PARTS), await fileOf(null, PASSPHRASE)];
  await session.offer(first);
  const opening = session.accept();
  await session.offer(second);
  await opening;
  expect(place.open).toBeNull();
  expect(session.offered?.facts).toMatchObject({ isSealed: true, hasData: false });
  expect([session.work, session.error]).toEqual([null, null]);
});
