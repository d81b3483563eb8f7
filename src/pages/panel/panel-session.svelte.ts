import type { CustomerSelection, Scope } from '../../analyses/analysis';
import { dayOf } from '../../core/dates';
import { isCancel, throwIfAborted, toAppError, type AppError } from '../../core/errors';
import type { Db } from '../../db/db';
import type { TableLayout } from '../../db/schema';
import type { Row } from '../../db/shape';
import * as panelSql from './panel.sql';

export interface PanelSummary {
  readonly members: number;
  /** Members with a purchase in scope. */
  readonly buyers: number;
  readonly money: number;
  /** Everyone with a purchase in scope, and what all customers of the scope bring. */
  readonly allBuyers: number;
  readonly allMoney: number;
}

export interface PanelCustomer {
  readonly key: number;
  readonly id: string;
  readonly orders: number;
  readonly money: number;
  /** Null for a customer without a purchase in scope. */
  readonly daysAway: number | null;
}

export interface PanelOrder {
  readonly key: number;
  readonly id: string | null;
  readonly orderedAt: number;
  readonly amount: number;
  readonly isPurchase: boolean;
}

export type PanelLine = Row<typeof panelSql.LINE_SHAPE>;

export interface CustomerOrders {
  readonly customer: PanelCustomer;
  readonly orders: readonly PanelOrder[];
  /** More than are listed when the customer has very many. */
  readonly ordersInAll: number;
}

/** What the panel shows of one selection: figures, a page of its customers, the orders of one of them. */
export class PanelSession {
  readonly #db: Db;
  #scope: Scope | null = null;
  #summary = $state.raw<PanelSummary | null>(null);
  #customers = $state.raw<readonly PanelCustomer[]>([]);
  #page = $state(0);
  #opened = $state.raw<CustomerOrders | null>(null);
  #closedKey = $state<number | null>(null);
  #error = $state.raw<AppError | null>(null);
  #running: AbortController | null = null;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Null while the selection is being counted. */
  get summary(): PanelSummary | null {
    return this.#summary;
  }

  get customers(): readonly PanelCustomer[] {
    return this.#customers;
  }

  /** From 0. */
  get page(): number {
    return this.#page;
  }

  get pages(): number {
    return Math.ceil((this.#summary?.members ?? 0) / panelSql.CUSTOMERS_A_PAGE);
  }

  /** The customer whose orders are shown, or null for the list. */
  get opened(): CustomerOrders | null {
    return this.#opened;
  }

  /** The customer whose orders were closed last, while the list that showed them still stands. */
  get closedKey(): number | null {
    return this.#closedKey;
  }

  get error(): AppError | null {
    return this.#error;
  }

  /** Counts a selection and lists its first customers. A newer call supersedes an older one. */
  async open(selection: CustomerSelection, scope: Scope): Promise<void> {
    this.#scope = scope;
    this.#summary = null;
    this.#customers = [];
    this.#page = 0;
    this.#opened = null;
    this.#closedKey = null;
    await this.#run(async (signal) => {
      await this.#db.exec(panelSql.createPanelMembers(selection.members, scope), { signal });
      const compared = await this.#comparedWith(scope, signal);
      const rows = await this.#db.query(panelSql.summaryOf(compared), panelSql.SUMMARY_SHAPE, { signal });
      const customers = await this.#readPage(0, signal);
      const row = rows[0];
      if (row === undefined) return;
      this.#customers = customers;
      this.#summary = {
        members: row.members,
        buyers: row.buyers,
        money: row.money,
        allBuyers: row.all_buyers,
        allMoney: row.all_money,
      };
    });
  }

  async showPage(page: number): Promise<void> {
    this.#closedKey = null;
    await this.#run(async (signal) => {
      this.#customers = await this.#readPage(page, signal);
      this.#page = page;
    });
  }

  async openCustomer(customer: PanelCustomer): Promise<void> {
    const scope = this.#scope;
    if (scope === null) return;
    await this.#run(async (signal) => {
      const statement = panelSql.ordersOfCustomer(customer.key, scope);
      const rows = await this.#db.query(statement, panelSql.ORDER_SHAPE, { signal });
      throwIfAborted(signal);
      const orders = rows.map((row) => ({
        key: row.order_key,
        id: row.order_id,
        orderedAt: row.ordered_at,
        amount: row.amount,
        isPurchase: row.is_purchase,
      }));
      this.#opened = { customer, orders, ordersInAll: rows[0]?.orders_in_all ?? 0 };
    });
  }

  closeCustomer(): void {
    this.#closedKey = this.#opened?.customer.key ?? null;
    this.#opened = null;
  }

  /** The lines of an order of the customer that is open. */
  async linesOf(order: PanelOrder, layout: TableLayout, mergesDays: boolean): Promise<readonly PanelLine[]> {
    const customer = this.#opened?.customer;
    if (customer === undefined) return [];
    const wanted = { customerKey: customer.key, orderKey: order.key, day: dayOf(order.orderedAt), mergesDays };
    return this.#db.query(panelSql.linesOfOrder(wanted, layout), panelSql.LINE_SHAPE);
  }

  close(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** The scope the shares are of: its audience only when it holds the whole selection, else everyone. */
  async #comparedWith(scope: Scope, signal: AbortSignal): Promise<Scope> {
    if (scope.audience === null) return scope;
    const rows = await this.#db.query(panelSql.membersOutside(scope.audience), { n: 'integer' }, { signal });
    return rows[0]?.n === 0 ? scope : { ...scope, audience: null };
  }

  async #readPage(page: number, signal: AbortSignal): Promise<readonly PanelCustomer[]> {
    const rows = await this.#db.query(panelSql.customersOfPage(page), panelSql.CUSTOMER_SHAPE, { signal });
    throwIfAborted(signal);
    return rows.map((row) => ({
      key: row.customer_key,
      id: row.customer_id,
      orders: row.orders,
      money: row.money,
      daysAway: row.days_away,
    }));
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.#error = null;
    try {
      await work(run.signal);
    } catch (error) {
      if (run === this.#running && !isCancel(error)) this.#error = toAppError(error);
    }
  }
}
