/** A moment in which masked ids were shown in full. Holds no customer. */
export interface Reveal {
  /** Epoch milliseconds of the reader's clock. */
  readonly revealedAt: number;
  /** The selection whose customers were shown. */
  readonly title: string;
  readonly customers: number;
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
