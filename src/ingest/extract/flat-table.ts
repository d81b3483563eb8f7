/**
 * A table of a FlatBuffer, read where it lies. Absent fields give what they are told to give. Offsets
 * that point outside of the bytes throw RangeError, as DataView does.
 *
 * @source FlatBuffers internals: a table begins with the distance back to its vtable
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** The root table of a buffer. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  bool(field: number): boolean {
    const at = this.#place(field);
    return at > 0 && this.#view.getUint8(at) !== 0;
  }

  byte(field: number): number {
    const at = this.#place(field);
    return at > 0 ? this.#view.getUint8(at) : 0;
  }

  short(field: number, absent: number): number {
    const at = this.#place(field);
    return at > 0 ? this.#view.getInt16(at, true) : absent;
  }

  int(field: number, absent: number): number {
    const at = this.#place(field);
    return at > 0 ? this.#view.getInt32(at, true) : absent;
  }

  long(field: number): number {
    const at = this.#place(field);
    return at > 0 ? wholeNumber(this.#view, at) : 0;
  }

  string(field: number): string {
    const at = this.#place(field);
    if (at === 0) return '';
    const start = this.#follow(at);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + length > this.#view.byteLength) throw new RangeError('text outside of the message');
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start + 4, length));
  }

  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at > 0 ? new FlatTable(this.#view, this.#follow(at)) : null;
  }

  tables(field: number): readonly FlatTable[] {
    return this.#items(field, 4, (at) => new FlatTable(this.#view, this.#follow(at)));
  }

  /** A vector of structs or numbers of 64 bits each, one array an item. */
  longs(field: number, perItem: number): readonly (readonly number[])[] {
    return this.#items(field, 8 * perItem, (at) =>
      Array.from({ length: perItem }, (_, i) => wholeNumber(this.#view, at + 8 * i)),
    );
  }

  /** The first number of 64 bits of every struct in a vector. */
  firstLongs(field: number, structBytes: number): readonly number[] {
    return this.#items(field, structBytes, (at) => wholeNumber(this.#view, at));
  }

  #items<T>(field: number, itemBytes: number, read: (at: number) => T): readonly T[] {
    const at = this.#place(field);
    if (at === 0) return [];
    const start = this.#follow(at);
    const count = this.#view.getUint32(start, true);
    if (start + 4 + count * itemBytes > this.#view.byteLength) throw new RangeError('list outside of the message');
    return Array.from({ length: count }, (_, i) => read(start + 4 + i * itemBytes));
  }

  #place(field: number): number {
    const table = this.#at - this.#view.getInt32(this.#at, true);
    const slot = 4 + 2 * field;
    if (slot >= this.#view.getUint16(table, true)) return 0;
    const offset = this.#view.getUint16(table + slot, true);
    return offset === 0 ? 0 : this.#at + offset;
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }
}

function wholeNumber(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true));
  if (!Number.isSafeInteger(value)) throw new RangeError('number out of range');
  return value;
}
