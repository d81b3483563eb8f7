import { AppError, isAppError } from '../../core/errors';
import type { DatasetToKeep, KeptDataset, KeptPart, ReadDataset, ReadOptions, SaveOptions } from '../library';
import type { Sealer } from '../vault/sealer';
import { FORMAT_VERSION } from './chunks';
import type { Sealing } from './database';
import {
  asKeptDataset,
  asUnreadable,
  openManifest,
  readHeader,
  sealManifest,
  type Manifest,
  type ManifestBody,
  type ManifestHeader,
  type StoredManifest,
} from './manifest';
import { readParts } from './read-parts';
import { StagedChunks } from './staged-chunks';
import type { Guard, TabSession } from './tab-session';

/** A manifest as it reads and as it is stored. */
interface Sealed {
  readonly manifest: Manifest;
  readonly stored: StoredManifest;
}

type Identity = Pick<ManifestHeader, 'id' | 'keptAt' | 'usedAt'>;
export type Description = Pick<ManifestBody, 'name' | 'facts' | 'document'>;

interface Staging {
  readonly sealer: Sealer;
  readonly guard: Guard;
  readonly neededBytes: number;
  readonly onChunk?: (bytes: number) => void;
}

/** The datasets as this tab sees and changes them. */
export class DatasetShelf {
  readonly #session: TabSession;
  readonly #now: () => number;
  /** Generations found damaged by this tab, which as a reader may not mark them in the store. */
  readonly #damaged = new Set<string>();

  constructor(session: TabSession, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  async list(): Promise<readonly KeptDataset[]> {
    this.#session.requireOpen();
    const { meta, manifests } = await this.#session.manifests.findAll();
    this.#session.note(meta);
    if (this.#session.state === 'locked') return [];
    const sealer = this.#session.keyring.sealerFor(meta.sealing);
    const listed = await Promise.all(manifests.map((stored) => this.#describe(stored, sealer)));
    return listed.sort((a, b) => b.usedAt - a.usedAt);
  }

  async save(dataset: DatasetToKeep, { signal, onProgress }: SaveOptions): Promise<KeptDataset> {
    const { id, name, facts, document, parts, estimatedBytes } = dataset;
    const kept = await this.#rewrite(async () => {
      const guard = this.#session.guard(signal);
      const sealer = await this.#sealer();
      let doneBytes = 0;
      const onChunk = (bytes: number): void => {
        doneBytes += bytes;
        onProgress?.(Math.min(doneBytes / Math.max(estimatedBytes, 1), 0.99));
      };
      const staging = { sealer, guard, neededBytes: estimatedBytes, onChunk };
      const { manifest, stored } = await this.#stage(this.#identity(id), { name, facts, document }, parts, staging);
      await this.#session.manifests.replace([stored]);
      return asKeptDataset(manifest, stored);
    });
    onProgress?.(1);
    return kept;
  }

  async saveDocument(id: string, replacement: Description): Promise<KeptDataset> {
    return this.#edit(id, ({ header, body }) => ({
      header: { ...header, usedAt: this.#now() },
      body: { ...body, ...replacement },
    }));
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#edit(id, ({ header, body }) => ({ header, body: { ...body, name } }));
  }

  async read(id: string, { signal }: ReadOptions): Promise<ReadDataset> {
    this.#session.requireOpen();
    const guard = this.#session.guard(signal);
    const { manifest, stored, sealer } = await this.#loadIntact(id);
    const use = ({ header, body }: Manifest): Manifest => ({ header: { ...header, usedAt: this.#now() }, body });
    // A use that cannot be noted is no reason not to read.
    if (this.#session.standing === 'writer') this.#edit(id, use).catch(() => undefined);
    return {
      dataset: asKeptDataset(manifest, stored),
      document: manifest.body.document,
      parts: this.#readParts(manifest, sealer, guard),
    };
  }

  async duplicate(id: string, newId: string, name: string): Promise<void> {
    await this.#rewrite(async () => {
      const guard = this.#session.guard(undefined);
      const { manifest, stored, sealer } = await this.#loadIntact(id);
      const parts = readParts(this.#session.connection, manifest, sealer, guard);
      const staging = { sealer, guard, neededBytes: asKeptDataset(manifest, stored).bytes };
      const copy = await this.#stage(this.#identity(newId), { ...manifest.body, name }, parts, staging);
      await this.#session.manifests.replace([copy.stored]);
    });
  }

  async remove(id: string): Promise<void> {
    await this.#session.change(() => this.#session.manifests.remove(id));
  }

  /**
   * Writes every dataset anew under another key, and only then puts all of them in place, together
   * with how the library is sealed from now on.
   *
   * @throws AppError `library-damaged` when one of them is: what cannot be opened cannot be sealed anew
   */
  async reseal(next: Sealer, sealing: Sealing | null): Promise<void> {
    await this.#rewrite(async () => {
      const guard = this.#session.guard(undefined);
      const sealer = await this.#sealer();
      const { manifests } = await this.#session.manifests.findAll();
      const resealed: StoredManifest[] = [];
      for (const { id } of manifests) {
        const { manifest, stored } = await this.#loadIntact(id);
        const parts = readParts(this.#session.connection, manifest, sealer, guard);
        const staging = { sealer: next, guard, neededBytes: asKeptDataset(manifest, stored).bytes };
        resealed.push((await this.#stage(manifest.header, manifest.body, parts, staging)).stored);
      }
      await this.#session.manifests.replace(resealed, sealing);
      if (sealing !== null) this.#session.keyring.hold(sealing, next);
      this.#session.note({ sealing });
    });
  }

  #identity(id: string): Identity {
    const now = this.#now();
    return { id, keptAt: now, usedAt: now };
  }

  /** @throws AppError `library-locked` */
  async #sealer(): Promise<Sealer> {
    const meta = await this.#session.connection.meta();
    this.#session.note(meta);
    return this.#session.keyring.sealerFor(meta.sealing);
  }

  async #load(id: string): Promise<Sealed & { readonly sealer: Sealer }> {
    const { meta, stored } = await this.#session.manifests.find(id);
    this.#session.note(meta);
    const sealer = this.#session.keyring.sealerFor(meta.sealing);
    if (stored === undefined) {
      throw new AppError('invalid-parameter', { field: 'dataset', value: id, needs: 'one that is kept' });
    }
    return { manifest: await openManifest(stored, sealer), stored, sealer };
  }

  async #loadIntact(id: string): Promise<Sealed & { readonly sealer: Sealer }> {
    const loaded = await this.#load(id);
    const { isDamaged, generation } = loaded.manifest.header;
    if (isDamaged || this.#damaged.has(generation)) throw new AppError('library-damaged');
    return loaded;
  }

  async #describe(stored: StoredManifest, sealer: Sealer): Promise<KeptDataset> {
    try {
      const manifest = await openManifest(stored, sealer);
      const described = asKeptDataset(manifest, stored);
      return this.#damaged.has(manifest.header.generation) ? { ...described, isDamaged: true } : described;
    } catch (error) {
      if (isDamage(error)) return asUnreadable(stored.id);
      throw error;
    }
  }

  /** Writes the parts under a new generation, and the manifest that names them; it is not in place yet. */
  async #stage(
    { id, keptAt, usedAt }: Identity,
    { name, facts, document }: Description,
    parts: AsyncIterable<KeptPart>,
    { sealer, guard, neededBytes, onChunk }: Staging,
  ): Promise<Sealed> {
    guard();
    const staged = new StagedChunks(this.#session.connection, id, sealer, neededBytes);
    for await (const part of parts) {
      guard();
      await staged.add(part, (bytes) => {
        guard();
        onChunk?.(bytes);
      });
    }
    const { generation, chunks, parts: stagedParts } = staged;
    const manifest: Manifest = {
      header: { formatVersion: FORMAT_VERSION, id, generation, keptAt, usedAt, isDamaged: false, chunks },
      body: { name, facts, document, parts: stagedParts },
    };
    const stored = await sealManifest(manifest, sealer);
    guard();
    return { manifest, stored };
  }

  /** Changes what is said about a dataset; its chunks stay. */
  #edit(id: string, change: (manifest: Manifest) => Manifest): Promise<KeptDataset> {
    return this.#session.change(async () => {
      const { manifest, sealer } = await this.#load(id);
      const changed = change(manifest);
      const stored = await sealManifest(changed, sealer);
      await this.#session.manifests.replace([stored]);
      return asKeptDataset(changed, stored);
    });
  }

  /**
   * Runs what writes chunks. Whether it came to a good end or not, the generations that count for
   * nothing afterwards go; those that cannot go now go when the library is next opened.
   */
  async #rewrite<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#session.change(async () => {
        try {
          return await work();
        } finally {
          await this.#session.manifests.sweep().catch(() => undefined);
        }
      });
    } catch (error) {
      throw await this.#judge(error);
    }
  }

  async *#readParts(manifest: Manifest, sealer: Sealer, guard: Guard): AsyncGenerator<KeptPart, void> {
    try {
      yield* readParts(this.#session.connection, manifest, sealer, guard);
    } catch (error) {
      throw await this.#judge(error);
    }
  }

  /** Marks the dataset that a chunk was found damaged of; it may also have been replaced while it was read. */
  async #judge(error: unknown): Promise<unknown> {
    if (!isDamage(error)) return error;
    const { dataset: id, generation } = error.data;
    if (typeof id !== 'string' || typeof generation !== 'string') return error;
    const { stored } = await this.#session.manifests.find(id);
    const header = stored === undefined ? undefined : await readHeader(stored);
    if (header?.generation !== generation) return new AppError('library-lost', {}, error);
    this.#damaged.add(generation);
    this.#session.notify();
    const mark = ({ header, body }: Manifest): Manifest => ({ header: { ...header, isDamaged: true }, body });
    await this.#edit(id, mark).catch(() => undefined);
    return error;
  }
}

function isDamage(error: unknown): error is AppError {
  return isAppError(error) && error.code === 'library-damaged';
}
