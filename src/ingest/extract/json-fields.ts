import { AppError } from '../../core/errors';
import type { ExtractLimits } from './extract-contract';
import { jsonString } from './json-strings';

const NO_BYTES = new Uint8Array(0);

/** A key of the rows' objects; its place in the text once it has held a value. */
export class Field {
  /** Keys from the row's object down, joined by points. */
  readonly name: string;
  /** The key's bytes as first written, to know it again without making a string. */
  readonly bytes: Uint8Array;
  readonly position: number;
  /** Column of the text; -1 without one. */
  column = -1;
  /** True once it has held anything but null. */
  hasValue = false;
  /** Fields of the objects that it held. */
  inner: FieldSet | null = null;

  constructor(name: string, bytes: Uint8Array, position: number) {
    this.name = name;
    this.bytes = bytes;
    this.position = position;
  }

  innerFields(): FieldSet {
    this.inner ??= new FieldSet(`${this.name}.`);
    return this.inner;
  }
}

/** The fields of one kind of object, in order of first sight. */
export class FieldSet {
  readonly #prefix: string;
  readonly #fields: Field[] = [];
  readonly #byKey = new Map<string, Field>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /**
   * The field of a key, made when it is new. `expected` is the place where it is looked for first: the
   * one behind the key before, since objects of one kind write their keys in one order.
   */
  find(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean, expected: number): Field {
    const guess = this.#fields[expected];
    if (guess !== undefined && !hasEscapes && isSame(guess.bytes, bytes, from, to)) return guess;
    const key = jsonString(bytes, from, to, hasEscapes);
    let field = this.#byKey.get(key);
    if (field === undefined) {
      field = new Field(this.#prefix + key, bytes.slice(from, to), this.#fields.length);
      this.#fields.push(field);
      this.#byKey.set(key, field);
    }
    return field;
  }
}

function isSame(key: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (key.length !== to - from) return false;
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[from + i]) return false;
  return true;
}

/** The objects of a row that are open, and which field of each is expected next. */
export class OpenObjects {
  readonly #sets: FieldSet[] = [];
  readonly #expected: number[] = [];

  get count(): number {
    return this.#sets.length;
  }

  enter(fields: FieldSet): void {
    this.#sets.push(fields);
    this.#expected.push(0);
  }

  leave(): void {
    this.#sets.pop();
    this.#expected.pop();
  }

  clear(): void {
    this.#sets.length = 0;
    this.#expected.length = 0;
  }

  /** The field of a key of the innermost object. */
  find(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): Field {
    const level = this.#sets.length - 1;
    const field = (this.#sets[level] as FieldSet).find(bytes, from, to, hasEscapes, this.#expected[level] as number);
    this.#expected[level] = field.position + 1;
    return field;
  }
}

/** The columns found so far; kept between the passes over a file, so that the second one knows them all. */
export class JsonColumns {
  readonly fields = new FieldSet('');
  /** The list whose objects become rows, once it is known. */
  list: Field | null = null;
  readonly #owners: Field[] = [];
  readonly #places = new Map<string, Field>();
  readonly #name: string;
  readonly #limits: ExtractLimits;

  constructor(name: string, limits: ExtractLimits) {
    this.#name = name;
    this.#limits = limits;
  }

  get count(): number {
    return this.#owners.length;
  }

  names(): string[] {
    return this.#owners.map((field) => field.name);
  }

  /** The field of an array's place, or of bare values: named by us, not by a key of the file. */
  placeField(name: string): Field {
    let field = this.#places.get(name);
    if (field === undefined) {
      field = new Field(name, NO_BYTES, 0);
      this.#places.set(name, field);
    }
    return field;
  }

  /** The field's column, given to it at first sight. Throws `over-limit`. */
  columnOf(field: Field): number {
    if (field.column < 0) {
      const { columns } = this.#limits;
      if (this.#owners.length === columns) {
        throw new AppError('over-limit', { name: this.#name, what: 'columns', limit: columns });
      }
      field.column = this.#owners.push(field) - 1;
    }
    return field.column;
  }

  /** Takes back the columns that came after the first `count`, and the list that was found with them. */
  shrinkTo(count: number, list: Field | null): void {
    for (const field of this.#owners.splice(count)) field.column = -1;
    this.list = list;
  }

  /** Drops columns of keys that held objects and, elsewhere, only null; true when there were any. */
  dropHollow(): boolean {
    const kept = this.#owners.filter((field) => field.hasValue || (field.inner === null && field !== this.list));
    if (kept.length === this.#owners.length) return false;
    for (const field of this.#owners) field.column = -1;
    this.#owners.length = 0;
    for (const field of kept) this.columnOf(field);
    return true;
  }
}
