import { isCancel, toAppError, type AppError } from '../core/errors';
import type { Db } from '../db/db';
import {
  accountsOf,
  evidenceOf,
  findMerged,
  type CustomerAccount,
  type Evidence,
  type MergedCustomer,
} from '../ingest/identity/customer-evidence';
import { candidatesOf, type Candidate } from '../ingest/identity/survivorship';

/** The customers of several accounts, and one of them with its accounts and what joined them. */
export class MergedCustomers {
  readonly #db: Db;
  #list = $state.raw<readonly MergedCustomer[]>([]);
  #opened = $state.raw<MergedCustomer | null>(null);
  #accounts = $state.raw<readonly CustomerAccount[]>([]);
  #evidence = $state.raw<readonly Evidence[]>([]);
  #candidates = $state.raw<readonly Candidate[]>([]);
  #error = $state.raw<AppError | null>(null);
  #running: AbortController | null = null;

  constructor({ db }: { readonly db: Db }) {
    this.#db = db;
  }

  /** The most accounts first. */
  get list(): readonly MergedCustomer[] {
    return this.#list;
  }

  get opened(): MergedCustomer | null {
    return this.#opened;
  }

  get accounts(): readonly CustomerAccount[] {
    return this.#accounts;
  }

  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  /** What its accounts say of each attribute, the value that survives first. */
  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  get error(): AppError | null {
    return this.#error;
  }

  /** The account's place among those of the customer that is open, from 1. */
  numberOf(accountKey: number): number {
    return this.#accounts.findIndex((account) => account.accountKey === accountKey) + 1;
  }

  /** Lists those whose id or an identifier is the text, or all; a newer search supersedes an older. */
  async find(text: string): Promise<void> {
    await this.#run(async (signal) => {
      this.#list = await findMerged(this.#db, text, { signal });
    });
  }

  async open(customer: MergedCustomer): Promise<void> {
    await this.#run(async (signal) => {
      const accounts = await accountsOf(this.#db, customer.customerKey, { signal });
      const evidence = await evidenceOf(this.#db, customer.customerKey, { signal });
      this.#candidates = await candidatesOf(this.#db, customer.customerKey, { signal });
      this.#accounts = accounts;
      this.#evidence = evidence;
      this.#opened = customer;
    });
  }

  close(): void {
    this.#opened = null;
    this.#accounts = [];
    this.#evidence = [];
    this.#candidates = [];
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    try {
      await work(run.signal);
      if (run === this.#running) this.#error = null;
    } catch (error) {
      if (run === this.#running && !isCancel(error)) this.#error = toAppError(error);
    }
  }
}
