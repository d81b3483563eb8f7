import type { TableInFile } from './extract-contract';
import { JsonPath } from './json-path';
import type { JsonHandler } from './json-scanner';

interface Candidate {
  readonly path: string;
  rows: number;
}

/**
 * Finds where rows may lie: arrays of objects or arrays that only objects stand around, by the keys down
 * to them, and the text's own objects. Counts their elements.
 */
export class JsonSurvey implements JsonHandler {
  readonly #found: Candidate[] = [];
  readonly #path = new JsonPath();
  /** The array being counted, and how deep inside of it. */
  #array: Candidate | null = null;
  #depth = 0;
  #objectsAtTop = 0;

  /** The tables in the file's order; a single object that holds tables is itself the last of them. */
  tables(): readonly TableInFile[] {
    const arrays = this.#found.filter((candidate) => candidate.rows > 0);
    const isOne = this.#objectsAtTop <= 1;
    const listed = isOne ? arrays : arrays.filter((candidate) => candidate.path === '');
    const tables = listed.map(({ path, rows }) => tableAt(path, rows));
    return this.#objectsAtTop > 0 ? [...tables, tableAt('', this.#objectsAtTop)] : tables;
  }

  beginObject(): void {
    if (this.#array !== null) {
      if (this.#depth++ === 1) this.#array.rows++;
      return;
    }
    if (this.#path.isAtTop) this.#objectsAtTop++;
    this.#path.enterObject();
  }

  endObject(): void {
    if (this.#array !== null) {
      this.#depth--;
      return;
    }
    this.#path.leaveObject();
  }

  beginArray(): void {
    if (this.#array !== null) {
      if (this.#depth++ === 1) this.#array.rows++;
      return;
    }
    const path = this.#path.value;
    let candidate = this.#found.find((each) => each.path === path);
    if (candidate === undefined) this.#found.push((candidate = { path, rows: 0 }));
    this.#array = candidate;
    this.#depth = 1;
  }

  endArray(): void {
    if (--this.#depth > 0) return;
    this.#array = null;
    this.#path.valueEnded();
  }

  key(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    if (this.#array === null) this.#path.key(bytes, from, to, hasEscapes);
  }

  text(): void {
    this.#bare();
  }

  number(): void {
    this.#bare();
  }

  boolean(): void {
    this.#bare();
  }

  null(): void {
    // Nothing is no row.
  }

  /** Bare values are rows only where they are all there is. */
  #bare(): void {
    if (this.#array !== null && this.#depth === 1 && this.#array.path === '') this.#array.rows++;
  }
}

function tableAt(path: string, rows: number): TableInFile {
  return { id: path, name: path, rows, columns: null };
}
