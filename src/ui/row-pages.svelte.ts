/** Reads rows [offset, offset + limit) in the table's order; a shorter answer means the end. */
export type FetchRange<Row> = (offset: number, limit: number) => Promise<readonly Row[]>;

const PAGE = 100;
const KEPT_PAGES = 40;

/** The pages of a long table that were read, most recent kept. A failed page is evicted, so asking again retries. */
export class RowPages<Row> {
  #version = $state(0);
  #failed = $state(false);
  #pages = new Map<number, { rows: readonly Row[] | null }>();
  readonly #fetchRange: FetchRange<Row>;

  constructor(fetchRange: FetchRange<Row>) {
    this.#fetchRange = fetchRange;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** The row, or undefined while its page is on the way. Reading is reactive. */
  row(index: number): Row | undefined {
    void this.#version;
    return this.#pages.get(Math.floor(index / PAGE))?.rows?.[index % PAGE];
  }

  /** Asks for the pages under rows [start, end). */
  want(start: number, end: number): void {
    for (let page = Math.floor(start / PAGE); page * PAGE < end; page++) {
      const known = this.#pages.get(page);
      if (known === undefined) void this.#load(page);
      else {
        this.#pages.delete(page);
        this.#pages.set(page, known);
      }
    }
  }

  retry(): void {
    this.#failed = false;
    this.#version++;
  }

  async #load(page: number): Promise<void> {
    const slot: { rows: readonly Row[] | null } = { rows: null };
    this.#pages.set(page, slot);
    try {
      slot.rows = await this.#fetchRange(page * PAGE, PAGE);
      this.#failed = false;
    } catch {
      this.#pages.delete(page);
      this.#failed = true;
    }
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) break;
      this.#pages.delete(old);
    }
    this.#version++;
  }
}
