import type { JsonCells } from './json-cells';

const CLOSERS: Readonly<Record<number, number>> = { 0x5b: 0x5d, 0x7b: 0x7d };

/** An array or object that is taken as a whole: kept as JSON text without blanks, or passed over. */
export class JsonAside {
  readonly #cells: JsonCells;
  readonly #opened: number[] = [];
  #start = 0;
  #isKept = false;

  constructor(cells: JsonCells) {
    this.#cells = cells;
  }

  /** True inside of such a value. */
  get isOpen(): boolean {
    return this.#opened.length > 0;
  }

  /** Begins one with its bracket. */
  begin(bracket: number, isKept: boolean): void {
    this.#isKept = isKept;
    this.#start = this.#cells.mark;
    this.open(bracket);
  }

  open(bracket: number): void {
    this.#opened.push(bracket);
    if (this.#isKept) this.#cells.open(this.#start, bracket);
  }

  /** Closes the innermost one. Returns where the kept text begins when it was the last, else -1. */
  close(): number {
    const closer = CLOSERS[this.#opened.pop() ?? 0] ?? 0;
    if (this.#isKept) this.#cells.close(closer);
    return this.#isKept && !this.isOpen ? this.#start : -1;
  }

  key(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isKept) this.#cells.key(this.#start, bytes, from, to);
  }

  quoted(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isKept) this.#cells.quoted(this.#start, bytes, from, to);
  }

  bare(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isKept) this.#cells.bare(this.#start, bytes, from, to);
  }

  forget(): void {
    this.#opened.length = 0;
  }
}
