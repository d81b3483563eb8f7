import type { Flattening } from './extract-contract';
import { JsonAside } from './json-aside';
import type { JsonCells } from './json-cells';
import { Field, OpenObjects, type JsonColumns } from './json-fields';
import type { JsonHandler } from './json-scanner';

const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const NULL = new TextEncoder().encode('null');
const NO_FIELD = new Field('', new Uint8Array(0), 0);

const CLOSED = 0;
/** In the object that is the row, or in an object within it. */
const IN_OBJECT = 1;
/** In the array that is the row. */
const IN_ARRAY = 2;
/** Directly in the list whose elements become rows. */
const AMONG_LINES = 3;
/** Behind the bracket of a list of which it is not known yet whether it holds objects. */
const LIST_OPENED = 4;

/**
 * The row being read: an object, whose keys name its columns, or an array, whose places do. Fills the
 * cells from what it is told between the row's brackets and at the closing one.
 */
export class JsonRow implements JsonHandler {
  /** Values in the list of lines that could not be lines. */
  valuesLeftOut = 0;
  /** Columns that hold arrays or objects as text. */
  readonly nestedAsText = new Set<number>();
  readonly #columns: JsonColumns;
  readonly #cells: JsonCells;
  readonly #flatten: Flattening;
  readonly #aside: JsonAside;
  readonly #open = new OpenObjects();
  #where = CLOSED;
  #field = NO_FIELD;
  /** How many objects of the row are open around the line; 0 outside of lines. */
  #lineLevel = 0;
  #place = 0;

  constructor(columns: JsonColumns, cells: JsonCells, flatten: Flattening) {
    this.#columns = columns;
    this.#cells = cells;
    this.#flatten = flatten;
    this.#aside = new JsonAside(cells);
  }

  get isOpen(): boolean {
    return this.#where !== CLOSED;
  }

  /** The row's own bracket has been read. */
  begin(kind: 'object' | 'array'): void {
    this.#cells.clear();
    this.#place = 0;
    this.#where = kind === 'object' ? IN_OBJECT : IN_ARRAY;
    if (kind === 'object') this.#open.enter(this.#columns.fields);
  }

  forget(): void {
    this.#where = CLOSED;
    this.#lineLevel = 0;
    this.#open.clear();
    this.#aside.forget();
  }

  key(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    if (this.#aside.isOpen) this.#aside.key(bytes, from, to);
    else this.#field = this.#open.find(bytes, from, to, hasEscapes);
  }

  beginObject(): void {
    if (this.#aside.isOpen) {
      this.#aside.open(OPEN_OBJECT);
    } else if (this.#where === LIST_OPENED) {
      this.#columns.list = this.#field;
      this.#beginLine();
    } else if (this.#where === AMONG_LINES) {
      this.#beginLine();
    } else if (this.#where === IN_ARRAY || this.#flatten === 'none') {
      this.#aside.begin(OPEN_OBJECT, true);
    } else {
      this.#open.enter(this.#field.innerFields());
    }
  }

  /** True when the row has ended with it. */
  endObject(): boolean {
    if (this.#aside.isOpen) {
      this.#endAside();
      return false;
    }
    this.#open.leave();
    if (this.#open.count === 0) {
      this.#where = CLOSED;
    } else if (this.#open.count === this.#lineLevel) {
      this.#cells.endLine();
      this.#lineLevel = 0;
      this.#where = AMONG_LINES;
    }
    return this.#where === CLOSED;
  }

  beginArray(): void {
    this.#settleList();
    if (this.#aside.isOpen) {
      this.#aside.open(OPEN_ARRAY);
    } else if (this.#where === AMONG_LINES) {
      this.valuesLeftOut++;
      this.#aside.begin(OPEN_ARRAY, false);
    } else if (this.#where === IN_ARRAY || this.#flatten !== 'lines' || this.#lineLevel > 0) {
      this.#aside.begin(OPEN_ARRAY, true);
    } else if (this.#columns.list === null) {
      this.#where = LIST_OPENED;
    } else if (this.#columns.list === this.#field) {
      this.#where = AMONG_LINES;
    } else {
      this.#aside.begin(OPEN_ARRAY, true);
    }
  }

  /** True when the row has ended with it. */
  endArray(): boolean {
    if (this.#aside.isOpen) this.#endAside();
    else this.#where = this.#where === IN_ARRAY ? CLOSED : IN_OBJECT;
    return this.#where === CLOSED;
  }

  text(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    this.#settleList();
    if (this.#aside.isOpen) {
      this.#aside.quoted(bytes, from, to);
      return;
    }
    this.#cells.setText(this.#beginValue(), bytes, from, to, hasEscapes);
    this.#endValue();
  }

  number(bytes: Uint8Array, from: number, to: number): void {
    this.#settleList();
    if (this.#aside.isOpen) {
      this.#aside.bare(bytes, from, to);
      return;
    }
    this.#cells.setNumber(this.#beginValue(), bytes, from, to);
    this.#endValue();
  }

  boolean(bytes: Uint8Array, from: number, to: number): void {
    this.#settleList();
    if (this.#aside.isOpen) {
      this.#aside.bare(bytes, from, to);
      return;
    }
    this.#cells.setText(this.#beginValue(), bytes, from, to, false);
    this.#endValue();
  }

  null(): void {
    this.#settleList();
    if (this.#aside.isOpen) this.#aside.bare(NULL, 0, NULL.length);
    else if (this.#where === IN_OBJECT) this.#setGap(this.#field);
    else if (this.#where === IN_ARRAY) this.#columns.columnOf(this.#nextPlace());
    else this.valuesLeftOut++;
  }

  /** The list that was opened holds no objects: it is a value like others. */
  #settleList(): void {
    if (this.#where !== LIST_OPENED) return;
    this.#where = IN_OBJECT;
    this.#aside.begin(OPEN_ARRAY, true);
  }

  #beginLine(): void {
    this.#cells.beginLine();
    this.#lineLevel = this.#open.count;
    this.#where = IN_OBJECT;
    this.#open.enter((this.#columns.list ?? NO_FIELD).innerFields());
  }

  #endAside(): void {
    const start = this.#aside.close();
    if (start < 0) return;
    const field = this.#where === IN_ARRAY ? this.#nextPlace() : this.#field;
    const column = this.#columns.columnOf(field);
    field.hasValue = true;
    this.nestedAsText.add(column);
    this.#cells.setCell(column, start);
  }

  /** The column of a value that is neither array nor object. */
  #beginValue(): number {
    let field = this.#field;
    if (this.#where === IN_ARRAY) {
      field = this.#nextPlace();
    } else if (this.#where === AMONG_LINES) {
      field = this.#columns.list ?? NO_FIELD;
      this.#cells.beginLine();
    }
    field.hasValue = true;
    return this.#columns.columnOf(field);
  }

  #endValue(): void {
    if (this.#where === AMONG_LINES) this.#cells.endLine();
  }

  /** Null beside objects gives no column of its own: those of the objects are empty then. */
  #setGap(field: Field): void {
    const holdsObjects = field.inner !== null || field === this.#columns.list;
    if (field.column >= 0 || !holdsObjects) this.#cells.setGap(this.#columns.columnOf(field));
  }

  /** The field of the next place in an array that is a row. */
  #nextPlace(): Field {
    return this.#columns.placeField(String(this.#place++));
  }
}
