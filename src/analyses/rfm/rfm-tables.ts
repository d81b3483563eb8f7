import { sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { Scope } from '../analysis';
import { scopeKey } from '../scope.sql';
import { readFacts, type ScopeFacts } from './facts';
import { rankCutsQuery, rankCutsSource } from './rank-cuts';
import { binsOf, type BinCount, type Scoring } from './rfm-params';
import {
  baseQuery,
  cellsQuery,
  cutsQuery,
  quantilesQuery,
  scoresQuery,
  tableNames,
  type RfmTableNames,
} from './rfm.sql';
import type { Rule } from './rules';

/**
 * The tables of a scoring in the engine: a base made from `purchases` once a scope, and scores made
 * from the base, so that moving a cut or editing a rule never reads the purchases again.
 */
export class RfmTables {
  readonly names: RfmTableNames;
  readonly #db: Db;
  readonly #suffix: string;
  #preparedFor: string | undefined;
  #facts: ScopeFacts | undefined;
  #quantileBins: BinCount | undefined;

  /** `suffix` keeps the tables of several scopes and sessions apart. */
  constructor(db: Db, suffix = '') {
    this.#db = db;
    this.#suffix = suffix;
    this.names = tableNames(suffix);
  }

  /** Forgets what was made: after the engine died, or when `purchases` has changed. */
  invalidate(): void {
    this.#preparedFor = undefined;
  }

  /** Takes the tables out of the engine. */
  async drop(): Promise<void> {
    this.invalidate();
    const aside = tableNames(`_aside${this.#suffix}`);
    const { base, quantiles, cuts, cells, scores } = this.names;
    for (const name of [base, quantiles, cuts, cells, scores, aside.cuts, aside.cells, aside.scores])
      await this.#db.exec(sql`DROP TABLE IF EXISTS ${name}`);
  }

  /** Makes the base of a scope, unless it is there already, and returns its facts. Cost: one pass over `purchases`. */
  async prepare(scope: Scope, options: CallOptions = {}): Promise<ScopeFacts> {
    const wanted = scopeKey(scope);
    if (this.#preparedFor === wanted && this.#facts !== undefined) return this.#facts;
    this.#preparedFor = undefined;
    await this.#db.exec(sql`CREATE OR REPLACE TABLE ${this.names.base} AS ${baseQuery(scope)}`, options);
    this.#quantileBins = undefined;
    await this.#quantiles(5, options);
    this.#facts = await readFacts(this.#db, scope, this.names, options);
    this.#preparedFor = wanted;
    return this.#facts;
  }

  /** Scores the prepared base. Cost: one or two passes over the customers, no sort of them. */
  async score(scoring: Scoring, rules: readonly Rule[], options: CallOptions = {}): Promise<void> {
    await this.#score(this.names, scoring, rules, options);
  }

  /** Scores the same base another way, beside the scores in force; returns where they are. */
  async scoreAside(scoring: Scoring, rules: readonly Rule[], options: CallOptions = {}): Promise<RfmTableNames> {
    const { cuts, cells, scores } = tableNames(`_aside${this.#suffix}`);
    const names = { ...this.names, cuts, cells, scores };
    await this.#score(names, scoring, rules, options);
    return names;
  }

  async #score(names: RfmTableNames, scoring: Scoring, rules: readonly Rule[], options: CallOptions): Promise<void> {
    const split = scoring.method === 'quantile' && scoring.ties === 'split';
    if (scoring.method === 'quantile' && !split) await this.#quantiles(scoring.bins, options);
    const customers = this.#facts?.population.customers ?? 0;
    const cuts = split ? rankCutsQuery(names, scoring, customers) : cutsQuery(names, scoring);
    const scores = split ? scoresQuery(names, scoring, rankCutsSource(names)) : scoresQuery(names, scoring);
    await this.#db.exec(sql`CREATE OR REPLACE TABLE ${names.cells} AS ${cellsQuery(rules, binsOf(scoring))}`, options);
    await this.#db.exec(sql`CREATE OR REPLACE TABLE ${names.cuts} AS ${cuts}`, options);
    await this.#db.exec(sql`CREATE OR REPLACE TABLE ${names.scores} AS ${scores}`, options);
  }

  /** Makes the quantiles of so many parts, unless they are there. */
  async #quantiles(bins: BinCount, options: CallOptions): Promise<void> {
    if (this.#quantileBins === bins) return;
    this.#quantileBins = undefined;
    await this.#db.exec(
      sql`CREATE OR REPLACE TABLE ${this.names.quantiles} AS ${quantilesQuery(this.names, bins)}`,
      options,
    );
    this.#quantileBins = bins;
  }
}
