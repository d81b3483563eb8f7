/** What the list of kept datasets says about one, without opening it. */
export interface KeptFacts {
  readonly rows: number;
  readonly orders: number;
  readonly customers: number;
  readonly isSample: boolean;
}

/** A dataset as the library lists it. */
export interface KeptDataset {
  readonly id: string;
  /** Empty when the manifest itself is damaged. */
  readonly name: string;
  /** All zero when the manifest itself is damaged. */
  readonly facts: KeptFacts;
  /** As stored: compressed as the parts came, and sealed. */
  readonly bytes: number;
  /** Epoch milliseconds. */
  readonly keptAt: number;
  /** Epoch milliseconds. */
  readonly usedAt: number;
  /** It has changed on the disk: it is never loaded again, and can only be removed or saved anew. */
  readonly isDamaged: boolean;
}

/** A piece of a dataset that the library does not look into; at most 64 MB. */
export interface KeptPart {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface DatasetToKeep {
  readonly id: string;
  readonly name: string;
  readonly facts: KeptFacts;
  /** Plain JSON. */
  readonly document: unknown;
  /** Drawn one at a time, so that no more than one of them has to be in memory. */
  readonly parts: AsyncIterable<KeptPart>;
  /** Of all the parts, for the progress and for saying how much room is needed. */
  readonly estimatedBytes: number;
}

export interface SaveOptions {
  readonly signal?: AbortSignal;
  /** 0..1; 1 only once the new dataset is in place. */
  readonly onProgress?: (share: number) => void;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

export interface ReadDataset {
  readonly dataset: KeptDataset;
  readonly document: unknown;
  /**
   * The parts in the order they were saved, each read and checked when it is drawn.
   *
   * @throws AppError `library-damaged` where a chunk is not what was written, `library-lost` when
   *   the dataset was removed or saved anew meanwhile
   */
  readonly parts: AsyncIterable<KeptPart>;
}

/** One tab of the browser writes; the others read. */
export type Standing = 'writer' | 'reader';

/**
 * closed: not opened yet, or closed; locked: sealed, and the passphrase has not been given;
 * unavailable: the browser keeps nothing for this page, or the library is a newer version's.
 */
export type LibraryState = 'closed' | 'open' | 'locked' | 'unavailable';

/**
 * The datasets kept on this device. Whatever is written is in place as a whole or not at all: a crash,
 * a full disk or a cancelled save leaves what was there before. What writes throws AppError
 * `library-not-writer` in a tab that only reads, `library-full` when the disk is full, and
 * `library-lost` when the browser closed the database under it. What reads or writes a dataset
 * throws `library-locked` until the passphrase is given.
 */
export interface Library {
  readonly state: LibraryState;
  readonly standing: Standing;
  /** Whether what is kept is sealed under a passphrase. */
  readonly hasPassphrase: boolean;

  /**
   * Opens the library, brings it to the form of this version and, as the writer, removes what
   * unfinished saves left behind. Calls that overlap share one opening.
   *
   * @throws AppError `library-unavailable`, `library-newer`; `library-damaged` when what says how it is
   *   sealed cannot be read
   */
  open(): Promise<void>;
  /** Calls back when state, standing or the list changed, also by another tab; returns how to stop. */
  onChange(listener: () => void): () => void;

  /** Newest use first; the damaged ones too. Empty while locked. */
  list(): Promise<readonly KeptDataset[]>;
  /** Keeps a dataset; one of the same id is replaced. Cancelled or failed, it changes nothing. */
  save(dataset: DatasetToKeep, options?: SaveOptions): Promise<KeptDataset>;
  /** Replaces what is said about a dataset and leaves its parts as they are. */
  saveDocument(
    id: string,
    replacement: { readonly name: string; readonly facts: KeptFacts; readonly document: unknown },
  ): Promise<KeptDataset>;
  /** @throws AppError `library-damaged`, after marking the dataset so; `invalid-parameter` for an unknown id */
  read(id: string, options?: ReadOptions): Promise<ReadDataset>;
  rename(id: string, name: string): Promise<void>;
  duplicate(id: string, newId: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;

  /** Makes this tab the writer; the one that was becomes a reader at once, and its save under way fails. */
  takeOver(): Promise<void>;

  /**
   * Seals everything under a new passphrase. There is no way back in without it. Copies of what was kept
   * open before may stay in the browser's own files until it tidies them: who wants none sets the
   * passphrase first.
   *
   * @throws AppError `library-damaged` when a dataset cannot be read: remove it first; `invalid-parameter`
   *   where there is a passphrase already
   */
  setPassphrase(passphrase: string): Promise<void>;
  /** @throws AppError `library-wrong-passphrase` */
  changePassphrase(old: string, next: string): Promise<void>;
  /** @throws AppError `library-wrong-passphrase` */
  removePassphrase(old: string): Promise<void>;
  /** @throws AppError `library-wrong-passphrase` */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the key; nothing can be read until `unlock`. */
  lock(): void;

  /** Lets go of the database and of the writer's place; a save under way fails. */
  close(): Promise<void>;
}
