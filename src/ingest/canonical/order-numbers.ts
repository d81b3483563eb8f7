import { NO_CODE } from '../columns/coded-column';
import { GrowingInt32 } from '../columns/growing';
import { ABSENT, ShortIdTable } from '../columns/id-tables';

/** The lines of a batch as far as they tell orders apart. */
export interface NumberedLines {
  readonly count: number;
  /** Code of each line's order id, NO_CODE where it has none; null where the file has none at all. */
  readonly orders: Int32Array | null;
  /** Code of each line's account, NO_CODE where it has none. */
  readonly accounts: Int32Array;
  /** Each line's time as two words. */
  readonly times: Int32Array;
}

/**
 * Numbers the orders 0, 1, 2 ... in the order in which the lines first name them. An order is one order
 * id of one account: the account that names an id first has it, and the lines of another one with the
 * same id are an order of their own. Lines without an order id are an order an account and time; those
 * without an account as well, each its own.
 *
 * Cost: O(1) a line; a table is only needed for ids that several accounts name and for lines without id.
 */
export class OrderNumbers {
  /** For each order id the account that named it first and the key of that order. */
  readonly #firsts = new GrowingInt32();
  readonly #codes = new GrowingInt32();
  readonly #splits = new ShortIdTable();
  readonly #timed = new ShortIdTable();
  /** One for each order id that several accounts name. */
  readonly #isSplit = new Set<number>();

  /** The code of each order's id by its key, NO_CODE where it has none: a view that `number` may leave behind. */
  codes(): Int32Array {
    return this.#codes.view();
  }

  /** Orders so far. */
  get count(): number {
    return this.#codes.length;
  }

  /** Order ids that stand with several accounts. */
  get splitIds(): number {
    return this.#isSplit.size;
  }

  /** Writes the key of each line's order to keys. Codes must be new in ascending order from batch to batch. */
  number({ count, orders, accounts, times }: NumberedLines, keys: Int32Array): void {
    for (let line = 0; line < count; line++) {
      const account = accounts[line] as number;
      const code = orders === null ? NO_CODE : (orders[line] as number);
      if (code !== NO_CODE) keys[line] = this.#keyOfId(code, account);
      else if (account === NO_CODE) keys[line] = this.#add(NO_CODE);
      else keys[line] = this.#keyOfTime(account, times[2 * line] as number, times[2 * line + 1] as number);
    }
  }

  #add(code: number): number {
    this.#codes.push(code);
    return this.#codes.length - 1;
  }

  #keyOfId(code: number, account: number): number {
    const firsts = this.#firsts;
    const at = 2 * code;
    if (at === firsts.length) {
      firsts.push(account);
      firsts.push(this.#codes.length);
      return this.#add(code);
    }
    return firsts.at(at) === account ? firsts.at(at + 1) : this.#keyOfSplit(code, account);
  }

  #keyOfSplit(code: number, account: number): number {
    const known = this.#splits.find(code, account, 0);
    if (known !== ABSENT) return known;
    this.#isSplit.add(code);
    this.#splits.put(this.#codes.length);
    return this.#add(code);
  }

  #keyOfTime(account: number, low: number, high: number): number {
    const known = this.#timed.find(account, low, high);
    if (known !== ABSENT) return known;
    this.#timed.put(this.#codes.length);
    return this.#add(NO_CODE);
  }
}
