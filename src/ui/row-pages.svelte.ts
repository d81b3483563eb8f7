import type { Pending } from './data-table';

/** Reads rows [offset, offset + limit) in the table's order; a shorter answer means the end. */
export type FetchRange<Row> = (offset: number, limit: number) => Promise<readonly Row[]>;

const PAGE = 100;
const KEPT_PAGES = 40;

/** The pages of a long table that were read, the latest kept. A page that failed is not kept, so asking again retries. */
export class RowPages<Row> {
  #pages = $state.raw<ReadonlyMap<number, readonly Row[]>>(new Map());
  #failed = $state(false);
  readonly #loading = new Set<number>();
  readonly #fetchRange: FetchRange<Row>;

  constructor(fetchRange: FetchRange<Row>) {
    this.#fetchRange = fetchRange;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** The row, or undefined while its page is on the way. Reading is reactive. */
  row(index: number): Pending<Row> {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Asks for the pages under rows [start, end) that are neither here nor on their way. */
  want(start: number, end: number): void {
    for (let page = Math.floor(start / PAGE); page * PAGE < end; page++) {
      if (!this.#pages.has(page) && !this.#loading.has(page)) void this.#load(page);
    }
  }

  retry(): void {
    this.#failed = false;
  }

  async #load(page: number): Promise<void> {
    this.#loading.add(page);
    try {
      const rows = await this.#fetchRange(page * PAGE, PAGE);
      const kept = [...this.#pages].slice(1 - KEPT_PAGES);
      this.#pages = new Map([...kept, [page, rows]]);
      this.#failed = false;
    } catch {
      this.#failed = true;
    } finally {
      this.#loading.delete(page);
    }
  }
}
