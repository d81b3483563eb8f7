import { Utf8Check } from '../readers/utf8-check';
import type { DelimitedSink } from './delimited-sink';
import type { LeafColumn } from './parquet-columns';
import type { ChunkPages, Page } from './parquet-page';
import { writePlain, writeValue, type StoredValue } from './parquet-values';

/** A column of a row group, cell by cell from the top. */
export interface CellSource {
  /** Writes the next cell. Throws RangeError when there is none. */
  write(sink: DelimitedSink): void;
  /** True when every cell has been written. */
  isAtEnd(): boolean;
}

/** The cells of a leaf without lists, one page in memory at a time. */
export class LeafCells implements CellSource {
  readonly #leaf: LeafColumn;
  readonly #pages: ChunkPages;
  #page: Page | null = null;
  #at = 0;
  #valueAt = 0;
  /** Texts of the dictionary's entries, each made once. */
  #texts: (string | null | undefined)[] = [];
  #dictionary: Page['values'] | null = null;

  constructor(leaf: LeafColumn, pages: ChunkPages) {
    this.#leaf = leaf;
    this.#pages = pages;
  }

  write(sink: DelimitedSink): void {
    const page = this.#current();
    if (page === null) throw new RangeError('fewer values than rows');
    const { definitions, indices, values } = page;
    const isThere = definitions === null || definitions[this.#at] === this.#leaf.mostDefinition;
    this.#at++;
    if (!isThere) {
      sink.gap();
      return;
    }
    const at = this.#valueAt++;
    const { form } = this.#leaf;
    if (indices === null) {
      writeValue(form, values[at] as StoredValue, sink);
      return;
    }
    const place = indices[at] as number;
    if (form.kind !== 'plain') {
      writeValue(form, values[place] as StoredValue, sink);
      return;
    }
    let text = this.#texts[place];
    if (text === undefined) this.#texts[place] = text = form.text(values[place] as StoredValue);
    writePlain(text, sink);
  }

  isAtEnd(): boolean {
    return this.#current() === null;
  }

  #current(): Page | null {
    while (this.#page === null || this.#at === this.#page.length) {
      this.#page = this.#pages.next();
      if (this.#page === null) return null;
      this.#at = 0;
      this.#valueAt = 0;
      if (this.#page.indices !== null && this.#page.values !== this.#dictionary) {
        this.#dictionary = this.#page.values;
        this.#texts = [];
      }
    }
    return this.#page;
  }
}

/** Cells that were made for the whole row group. */
export class ReadyCells implements CellSource {
  readonly #texts: readonly (string | null)[];
  #at = 0;

  constructor(texts: readonly (string | null)[]) {
    this.#texts = texts;
  }

  write(sink: DelimitedSink): void {
    if (this.isAtEnd()) throw new RangeError('fewer values than rows');
    const text = this.#texts[this.#at++] ?? null;
    if (text === null) sink.gap();
    else sink.text(text);
  }

  isAtEnd(): boolean {
    return this.#at === this.#texts.length;
  }
}

/** True when the bytes of the first page read as text: UTF-8 without control characters but line ends and tabs. */
export function holdsText(pages: ChunkPages): boolean {
  const page = pages.next();
  return (
    page === null || Array.from(page.values as readonly StoredValue[]).every((value) => isText(value as Uint8Array))
  );
}

function isText(bytes: Uint8Array): boolean {
  const check = new Utf8Check();
  if (!check.push(bytes) || !check.end()) return false;
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
