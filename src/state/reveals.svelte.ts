/** What was done: ids shown on the page, written to a file, or a whole column set to be shown. */
export type RevealAct = 'screen' | 'file' | 'column';

/** A moment in which masked values were shown in full. Holds no customer. */
export interface Reveal {
  /** Epoch milliseconds of the reader's clock. */
  readonly revealedAt: number;
  /** The selection whose customers were shown, the file, or the column. */
  readonly title: string;
  /** NaN where it is not known how many. */
  readonly customers: number;
  /** Default: screen. */
  readonly act?: RevealAct | undefined;
}

/** What was unmasked in this session, newest last. */
export class RevealLog {
  #list = $state.raw<readonly Reveal[]>([]);

  get list(): readonly Reveal[] {
    return this.#list;
  }

  note(reveal: Reveal): void {
    this.#list = [...this.#list, reveal];
  }
}
