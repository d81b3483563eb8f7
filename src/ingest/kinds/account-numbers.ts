import { NO_CODE } from '../columns/coded-column';
import { GrowingInt32 } from '../columns/growing';
import { ABSENT, ShortIdTable } from '../columns/id-tables';

/**
 * Numbers the accounts of a file: every different combination of the values in its columns of ids is
 * one, 0, 1, 2 ... in the order in which rows first name it. A row without any id has none.
 *
 * Cost: a look-up a row and id.
 */
export class AccountNumbers {
  readonly #kinds: number;
  /** A combination is a path of (node, code, kind) from the root, gaps skipped. */
  readonly #steps = new ShortIdTable();
  readonly #accountOfNode = new GrowingInt32();
  /** The codes of each account's ids, kind by kind. */
  readonly #ids: readonly GrowingInt32[];
  #count = 0;

  /** `kinds` is the number of columns of ids. */
  constructor(kinds: number) {
    this.#kinds = kinds;
    this.#ids = Array.from({ length: kinds }, () => new GrowingInt32());
    this.#accountOfNode.push(NO_CODE);
  }

  get count(): number {
    return this.#count;
  }

  /** The code of each account's id of a kind, NO_CODE where it has none; from the given account on. */
  ids(kind: number, from: number): Int32Array {
    return (this.#ids[kind] as GrowingInt32).view().subarray(from);
  }

  /** Writes the account of each row to accounts; codes[k][row] is the row's id of kind k, or NO_CODE. */
  number(codes: readonly Int32Array[], rows: number, accounts: Int32Array): void {
    for (let row = 0; row < rows; row++) {
      let node = 0;
      for (let kind = 0; kind < this.#kinds; kind++) {
        const code = (codes[kind] as Int32Array)[row] as number;
        if (code !== NO_CODE) node = this.#step(node, code, kind);
      }
      accounts[row] = node === 0 ? NO_CODE : this.#accountAt(node, codes, row);
    }
  }

  #step(node: number, code: number, kind: number): number {
    const known = this.#steps.find(node, code, kind);
    if (known !== ABSENT) return known;
    const next = this.#accountOfNode.length;
    this.#steps.put(next);
    this.#accountOfNode.push(NO_CODE);
    return next;
  }

  #accountAt(node: number, codes: readonly Int32Array[], row: number): number {
    const known = this.#accountOfNode.at(node);
    if (known !== NO_CODE) return known;
    this.#accountOfNode.set(node, this.#count);
    for (let kind = 0; kind < this.#kinds; kind++) this.#ids[kind]?.push((codes[kind] as Int32Array)[row] as number);
    return this.#count++;
  }
}
