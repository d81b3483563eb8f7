import type { CallOptions, Db } from '../../db/db';
import type { QualityTable } from './column-quality';
import type { QualityRule } from './rule';
import type { RuleContext } from './rule-rows.sql';
import { clearFailures, countTouched, readFailing, runRule, type FailingRow, type RuleOutcome } from './run-rules';

/** The checks that were run on each file since its table was made, each under a key and a number of its own. */
export class RuleRuns {
  readonly #db: Db;
  readonly #numbers = new Map<number, Map<string, number>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** The tables are others now: nothing has been checked. */
  forget(): void {
    this.#numbers.clear();
  }

  async run(
    fileNumber: number,
    key: string,
    rule: QualityRule,
    context: RuleContext,
    options: CallOptions,
  ): Promise<RuleOutcome> {
    let numbers = this.#numbers.get(fileNumber);
    if (numbers === undefined) {
      await clearFailures(this.#db, fileNumber, options);
      numbers = new Map();
      this.#numbers.set(fileNumber, numbers);
    }
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return runRule(this.#db, rule, context, fileNumber, number, options);
  }

  /** Different rows that fail under any of the keys. */
  async countTouched(fileNumber: number, keys: readonly string[], options: CallOptions): Promise<number> {
    const numbers = keys.flatMap((key) => this.#numbers.get(fileNumber)?.get(key) ?? []);
    return countTouched(this.#db, fileNumber, numbers, options);
  }

  /** Rows that fail under the key; none when it has not been run. */
  async readFailing(
    fileNumber: number,
    key: string,
    table: QualityTable,
    offset: number,
    limit: number,
  ): Promise<readonly FailingRow[]> {
    const number = this.#numbers.get(fileNumber)?.get(key);
    return number === undefined ? [] : readFailing(this.#db, fileNumber, number, table, offset, limit);
  }
}
