import { createDeferred } from '../../core/deferred';
import { AppError, isCancel, toAppError, type AppErrorCode } from '../../core/errors';
import type { Db } from '../../db/db';
import { packDataset, planPacking, unpackDataset, type PackedPart } from '../../ingest/dataset/pack-dataset';
import type { KeptDataset, KeptFacts, Library } from '../../library/library';
import type { Keeper, KeepingPhase } from '../keeper';
import type { Preferences } from '../preferences.svelte';
import { parseDocument, type KeptDocument } from './kept-document';

export interface KeeperParts {
  readonly db: Db;
  readonly library: Library;
  readonly preferences: Preferences;
  /** Everything about the dataset in force beside its tables; null without one. Read as state. */
  readonly capture: () => KeptDocument | null;
  /** Gives the pages a dataset whose tables are in the engine. */
  readonly adopt: (document: KeptDocument) => Promise<void>;
  readonly newId: () => string;
  /** Remembers for this tab, also over a reload, which kept dataset is open; null = none. */
  readonly remember: (id: string | null) => void;
  /** Tells the person of a dataset that could not be opened. */
  readonly tell: (error: AppError) => void;
}

/** Decisions that come closer together are written once. */
const QUIET_MS = 800;
/** Failures that the word beside the dataset's name says enough of. */
const SHOWN_IN_PLACE: readonly AppErrorCode[] = [
  'library-lost',
  'library-not-writer',
  'library-locked',
  'library-full',
  'library-unavailable',
];

/** Keeps the dataset in force in the library as it changes, and opens kept ones. What is not kept touches no disk. */
export class DatasetKeeper implements Keeper {
  readonly #parts: KeeperParts;
  #phase = $state<KeepingPhase>('nothing');
  #share = $state(0);
  #error = $state.raw<AppError | null>(null);
  #openId = $state<string | null>(null);
  #opening = $state.raw<{ readonly id: string; readonly share: number } | null>(null);
  #running: AbortController | null = null;
  #ended: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The document as it was last written. */
  #written = '';
  /** While sessions hold parts of two datasets, nothing of them may be written. */
  #isHeld = false;
  #lastHold: Promise<unknown> = Promise.resolve();

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get phase(): KeepingPhase {
    return this.#phase;
  }

  get share(): number {
    return this.#share;
  }

  get error(): AppError | null {
    return this.#error;
  }

  get openId(): string | null {
    return this.#openId;
  }

  get opening(): { readonly id: string; readonly share: number } | null {
    return this.#opening;
  }

  get keepsNext(): boolean {
    const { keepsDatasets, forgetsOnClose } = this.#parts.preferences;
    // What is to be forgotten had better never be written.
    return keepsDatasets && !forgetsOnClose;
  }

  set keepsNext(keeps: boolean) {
    this.#parts.preferences.setKeepsDatasets(keeps);
  }

  /**
   * To be called before another dataset takes the place of the one in force: waits for its save and for whoever
   * is replacing it already. Nothing is written until the function returned is called.
   */
  async hold(): Promise<() => void> {
    const before = this.#lastHold;
    const { promise, resolve } = createDeferred<undefined>();
    this.#lastHold = promise;
    await before;
    await this.flush();
    await this.#ended;
    this.#isHeld = true;
    return () => {
      this.#isHeld = false;
      resolve(undefined);
    };
  }

  /** Hears that a dataset was made of files: keeps it, over the one of the same files if there is one. */
  async begin(keeps: boolean): Promise<void> {
    this.#running?.abort();
    this.#openId = null;
    this.#phase = 'unkept';
    this.#parts.remember(null);
    if (keeps) await this.#keep();
  }

  /** Hears that the tables of the dataset in force are others, as by cleaning or other customers. */
  async noteTables(): Promise<void> {
    if (this.#openId !== null) await this.#save(this.#openId);
  }

  /** Hears that something may have been decided; to be called from an effect, which then runs on every change. */
  noteDecisions(): void {
    const document = this.#parts.capture();
    clearTimeout(this.#timer);
    if (document === null || this.#openId === null || this.#isHeld) return;
    this.#timer = setTimeout(() => void this.flush(), QUIET_MS);
  }

  /** Writes what was decided since the last time, at once. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const id = this.#openId;
    const document = this.#parts.capture();
    if (document === null || id === null || this.#phase !== 'kept' || this.#isHeld) return;
    const text = JSON.stringify(document);
    if (text === this.#written) return;
    try {
      await this.#parts.library.saveDocument(id, { ...labelOf(document), document: JSON.parse(text) });
      this.#written = text;
    } catch (error) {
      this.#fail(error);
    }
  }

  async setKept(on: boolean): Promise<void> {
    if (this.#phase === 'nothing' || on === (this.#openId !== null)) return;
    if (on) return this.#keep();
    const id = this.#openId;
    this.#running?.abort();
    await this.#ended;
    this.#openId = null;
    this.#phase = 'unkept';
    this.#error = null;
    this.#parts.remember(null);
    try {
      if (id !== null) await this.#parts.library.remove(id);
    } catch (error) {
      this.#parts.tell(toAppError(error));
    }
  }

  async retry(): Promise<void> {
    await (this.#openId === null ? this.#keep() : this.#save(this.#openId));
  }

  cancel(): void {
    this.#running?.abort();
  }

  async open(id: string): Promise<boolean> {
    const release = await this.hold();
    const done = await this.#run(async (signal) => {
      this.#opening = { id, share: 0 };
      const document = await this.#unpack(id, signal);
      await this.#parts.adopt(document);
      this.#openId = id;
      this.#phase = 'kept';
      this.#error = null;
      this.#written = JSON.stringify(this.#parts.capture());
      this.#parts.remember(id);
    });
    release();
    this.#opening = null;
    if (done !== true && done !== null) this.#parts.tell(done);
    return done === true;
  }

  /** Writes what is not written yet and forgets what is open, so that a reload begins at the start. */
  async leave(): Promise<void> {
    await this.flush();
    this.#parts.remember(null);
  }

  /** Opens the dataset that this tab had open before it was loaded anew, if it is still there. */
  async resume(id: string): Promise<boolean> {
    const { library, remember } = this.#parts;
    try {
      await library.open();
      if (library.state === 'locked') return false;
      const list = await library.list();
      if (list.some((each) => each.id === id && !each.isDamaged)) return await this.open(id);
    } catch {
      // The library's page says what is wrong with it.
    }
    remember(null);
    return false;
  }

  /** After the engine's death: the tables as they were kept. False where the dataset in force is not kept as it is. */
  async restoreTables(): Promise<boolean> {
    const id = this.#openId;
    if (id === null || this.#phase !== 'kept') return false;
    return (await this.#run((signal) => this.#unpack(id, signal))) === true;
  }

  async #unpack(id: string, signal: AbortSignal): Promise<KeptDocument> {
    const { library, db } = this.#parts;
    await library.open();
    const { dataset, document, parts } = await library.read(id, { signal });
    const parsed = parseDocument(document);
    await unpackDataset(db, this.#counted(dataset, parts), parsed.dataset.layout, { signal });
    return parsed;
  }

  async *#counted({ id, bytes }: KeptDataset, parts: AsyncIterable<PackedPart>): AsyncGenerator<PackedPart> {
    let read = 0;
    for await (const part of parts) {
      read += part.bytes.length;
      yield part;
      if (this.#opening !== null) this.#opening = { id, share: Math.min(1, read / bytes) };
    }
  }

  async #keep(): Promise<void> {
    const document = this.#parts.capture();
    if (document === null) return;
    try {
      await this.#parts.library.open();
      const id = (await this.#idOfSame(document)) ?? this.#parts.newId();
      this.#openId = id;
      await this.#save(id);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A dataset of the same name with as many rows is the same files imported again: it is replaced, not doubled. */
  async #idOfSame(document: KeptDocument): Promise<string | undefined> {
    const { name, facts } = labelOf(document);
    const list = await this.#parts.library.list();
    return list.find((each) => each.name === name && each.facts.rows === facts.rows)?.id;
  }

  async #save(id: string): Promise<void> {
    const { db, library, remember } = this.#parts;
    const done = await this.#run(async (signal) => {
      this.#phase = 'saving';
      this.#share = 0;
      this.#error = null;
      await library.open();
      const plan = await planPacking(db, { signal });
      const document = this.#parts.capture();
      if (document === null) throw new AppError('cancelled');
      const text = JSON.stringify(document);
      await library.save(
        {
          id,
          ...labelOf(document),
          document: JSON.parse(text),
          parts: packDataset(db, plan, { signal }),
          estimatedBytes: plan.estimatedBytes,
        },
        { signal, onProgress: (share) => (this.#share = share) },
      );
      this.#written = text;
      this.#phase = 'kept';
      remember(id);
    });
    if (done === true) return this.flush();
    if (done === null && this.#phase === 'saving' && this.#running === null) {
      this.#openId = null;
      this.#phase = 'unkept';
    }
    if (done !== null) this.#fail(done);
  }

  #fail(error: unknown): void {
    const known = toAppError(error);
    this.#error = known;
    this.#phase = 'failed';
    if (!SHOWN_IN_PLACE.includes(known.code)) this.#parts.tell(known);
  }

  /** One save or opening at a time, a newer one in place of the one before. True, null when cancelled, or the error. */
  async #run(work: (signal: AbortSignal) => Promise<unknown>): Promise<true | null | AppError> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    const ended = this.#ended.then(() => work(run.signal));
    this.#ended = ended.catch(() => undefined);
    try {
      await ended;
      return true;
    } catch (error) {
      return isCancel(error) ? null : toAppError(error);
    } finally {
      if (this.#running === run) this.#running = null;
    }
  }
}

/** What the library lists of a dataset. */
function labelOf({ dataset }: KeptDocument): { readonly name: string; readonly facts: KeptFacts } {
  const { name, report, isSample } = dataset;
  return { name, facts: { rows: report.rowsRead, orders: report.orders, customers: report.customers, isSample } };
}
