import type { Order } from './orders';

/** What the orders file comes to, counted from the plan and not from the file. Money in whole cents. */
export interface OrderTotals {
  /** Data rows in the file, header not among them; broken rows included. */
  readonly rows: number;
  readonly brokenRows: number;
  readonly saleRows: number;
  readonly refundRows: number;
  readonly cancelledRows: number;
  /** Sale, refund and cancelled rows that show no member number. */
  readonly rowsWithoutMember: number;
  /** Order numbers in the file, broken rows apart: paid and cancelled ones. */
  readonly orders: number;
  readonly paidOrders: number;
  readonly cancelledOrders: number;
  /** Paid orders that were given back in full, and that in part. */
  readonly fullyRefundedOrders: number;
  readonly partlyRefundedOrders: number;
  readonly paidOrdersWithMember: number;
  /** Member numbers with at least one row, one paid order, one paid order not given back in full. */
  readonly membersInFile: number;
  readonly membersWithPaidOrder: number;
  readonly membersWithKeptOrder: number;
  readonly grossCents: number;
  /** Negative. */
  readonly refundCents: number;
  readonly netCents: number;
  readonly netCentsWithMember: number;
}

/** One member number's part of the file. Times are seconds from the window's start, -1 for never. */
export interface MemberTotals {
  readonly paidOrders: number;
  /** Paid orders that were not given back in full. */
  readonly keptOrders: number;
  readonly lastPaidAt: number;
  readonly lastKeptAt: number;
  readonly netCents: number;
}

type Counts = { -readonly [K in keyof OrderTotals]: number };

/** Adds up orders as they are planned. `members` is the number of places for member numbers. */
export class Tally {
  readonly #inFile: Uint8Array;
  readonly #paidOrders: Uint32Array;
  readonly #keptOrders: Uint32Array;
  readonly #lastPaidAt: Int32Array;
  readonly #lastKeptAt: Int32Array;
  readonly #netCents: Float64Array;
  readonly #counts: Counts = {
    rows: 0,
    brokenRows: 0,
    saleRows: 0,
    refundRows: 0,
    cancelledRows: 0,
    rowsWithoutMember: 0,
    orders: 0,
    paidOrders: 0,
    cancelledOrders: 0,
    fullyRefundedOrders: 0,
    partlyRefundedOrders: 0,
    paidOrdersWithMember: 0,
    membersInFile: 0,
    membersWithPaidOrder: 0,
    membersWithKeptOrder: 0,
    grossCents: 0,
    refundCents: 0,
    netCents: 0,
    netCentsWithMember: 0,
  };

  constructor(members: number, brokenRows: number) {
    this.#inFile = new Uint8Array(members);
    this.#paidOrders = new Uint32Array(members);
    this.#keptOrders = new Uint32Array(members);
    this.#lastPaidAt = new Int32Array(members).fill(-1);
    this.#lastKeptAt = new Int32Array(members).fill(-1);
    this.#netCents = new Float64Array(members);
    this.#counts.brokenRows = brokenRows;
    this.#counts.rows = brokenRows;
  }

  /** `member` is the place of the member number shown, null when none was. */
  add(order: Order, member: number | null): void {
    const counts = this.#counts;
    const { refund, lines } = order;
    const refundRows = refund === null ? 0 : refund.to - refund.from;
    const rows = lines.length + refundRows;
    counts.rows += rows;
    counts.orders++;
    counts.refundRows += refundRows;
    counts[order.cancelled ? 'cancelledRows' : 'saleRows'] += lines.length;
    if (member === null) counts.rowsWithoutMember += rows;
    else if (this.#inFile[member] === 0) {
      this.#inFile[member] = 1;
      counts.membersInFile++;
    }
    if (order.cancelled) counts.cancelledOrders++;
    else this.#addPaid(order, member);
  }

  #addPaid({ seconds, lines, refund }: Order, member: number | null): void {
    const counts = this.#counts;
    const gross = sumCents(lines);
    const refunded = refund === null ? 0 : sumCents(lines.slice(refund.from, refund.to));
    const kept = refund === null || refund.to - refund.from < lines.length;
    counts.paidOrders++;
    counts.grossCents += gross;
    counts.refundCents -= refunded;
    counts.netCents += gross - refunded;
    if (!kept) counts.fullyRefundedOrders++;
    else if (refund !== null) counts.partlyRefundedOrders++;
    if (member === null) return;
    counts.paidOrdersWithMember++;
    counts.netCentsWithMember += gross - refunded;
    this.#netCents[member] = (this.#netCents[member] ?? 0) + gross - refunded;
    if (this.#paidOrders[member] === 0) counts.membersWithPaidOrder++;
    addVisit(this.#paidOrders, this.#lastPaidAt, member, seconds);
    if (!kept) return;
    if (this.#keptOrders[member] === 0) counts.membersWithKeptOrder++;
    addVisit(this.#keptOrders, this.#lastKeptAt, member, seconds);
  }

  get totals(): OrderTotals {
    return this.#counts;
  }

  member(place: number): MemberTotals {
    return {
      paidOrders: this.#paidOrders[place] ?? 0,
      keptOrders: this.#keptOrders[place] ?? 0,
      lastPaidAt: this.#lastPaidAt[place] ?? -1,
      lastKeptAt: this.#lastKeptAt[place] ?? -1,
      netCents: this.#netCents[place] ?? 0,
    };
  }
}

function addVisit(orders: Uint32Array, last: Int32Array, member: number, seconds: number): void {
  orders[member] = (orders[member] ?? 0) + 1;
  last[member] = Math.max(last[member] ?? -1, seconds);
}

function sumCents(lines: readonly { readonly paidCents: number }[]): number {
  return lines.reduce((sum, line) => sum + line.paidCents, 0);
}
