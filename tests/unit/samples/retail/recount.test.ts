import { describe, expect, it } from 'vitest';
import { sampleFiles } from '../../../../src/samples/sample-files';
import type { RetailTruth } from '../../../../src/samples/retail/truth';
import { cellsOf, centsOf, fileNamed, fileOfKind, recordsOf, textOf } from '../naive-csv';

/** One member number as the orders file alone shows it. */
interface Seen {
  paid: Map<string, string>;
  pieces: Map<string, number>;
  cents: number;
}

const unseen = (): Seen => ({ paid: new Map(), pieces: new Map(), cents: 0 });

interface Defect {
  readonly defect: string;
  readonly orderNumber: string;
}

interface Recount {
  readonly totals: Record<string, number>;
  readonly members: Map<string, Seen>;
  readonly broken: readonly Defect[];
}

/** Everything the truth claims about the orders file, counted from its rows. */
function recount(rows: readonly string[][]): Recount {
  const broken = rows.flatMap((cells) => defectOf(cells) ?? []);
  const usable = rows.filter((cells) => defectOf(cells) === null);
  const members = new Map<string, Seen>();
  const pieces = new Map<string, number>();
  const refundedOrders = new Set<string>();
  const paidOrders = new Set<string>();
  const cancelledOrders = new Set<string>();
  const totals = { saleRows: 0, refundRows: 0, cancelledRows: 0, rowsWithoutMember: 0, grossCents: 0, refundCents: 0 };
  let netCentsWithMember = 0;
  for (const [order = '', member = '', time = '', , , , , , , quantity = '', , amount = '', , , status] of usable) {
    const cents = centsOf(amount);
    const seen = members.get(member) ?? unseen();
    members.set(member, seen);
    pieces.set(order, (pieces.get(order) ?? 0) + Number(quantity));
    if (member === '') totals.rowsWithoutMember++;
    else netCentsWithMember += cents;
    seen.cents += cents;
    if (status === 'Cancelled') {
      totals.cancelledRows++;
      cancelledOrders.add(order);
      continue;
    }
    seen.pieces.set(order, (seen.pieces.get(order) ?? 0) + Number(quantity));
    if (status === 'Refunded') {
      totals.refundRows++;
      totals.refundCents += cents;
      refundedOrders.add(order);
    } else {
      totals.saleRows++;
      totals.grossCents += cents;
      paidOrders.add(order);
      seen.paid.set(order, time);
    }
  }
  const nobody = members.get('')!;
  members.delete('');
  const fully = [...refundedOrders].filter((order) => pieces.get(order) === 0).length;
  return {
    members,
    broken,
    totals: {
      ...totals,
      rows: rows.length,
      brokenRows: broken.length,
      orders: pieces.size,
      paidOrders: paidOrders.size,
      cancelledOrders: cancelledOrders.size,
      fullyRefundedOrders: fully,
      partlyRefundedOrders: refundedOrders.size - fully,
      paidOrdersWithMember: paidOrders.size - nobody.paid.size,
      membersInFile: members.size,
      membersWithPaidOrder: [...members.values()].filter(({ paid }) => paid.size > 0).length,
      membersWithKeptOrder: [...members.values()].filter((seen) => kept(seen).length > 0).length,
      netCents: totals.grossCents + totals.refundCents,
      netCentsWithMember,
    },
  };
}

function defectOf(cells: readonly string[]): Defect | null {
  const [orderNumber = '', , time = ''] = cells;
  if (cells.length < 15) return { defect: 'too-few-cells', orderNumber };
  if (cells.length > 15) return { defect: 'too-many-cells', orderNumber };
  if (!isTime(time)) return { defect: 'bad-time', orderNumber };
  return cells[11] === '' ? { defect: 'no-amount', orderNumber } : null;
}

const isTime = (text: string): boolean => /^20\d\d-(0\d|1[0-2])-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d$/.test(text);

const kept = ({ paid, pieces }: Seen): string[] => [...paid.keys()].filter((order) => pieces.get(order)! > 0);

const latest = (times: readonly string[]): string => times.reduce((last, time) => (time > last ? time : last), '');

describe.each([1_000, 50_000])('a recount of the orders file of %d people', { timeout: 120_000 }, (customers) => {
  const files = sampleFiles('retail', { seed: 20260101, customers, asOf: '2026-01-01', locale: 'en' });
  const { totals, members, broken } = recount(cellsOf(textOf(fileOfKind(files, 'orders'))).slice(1));
  const truth = JSON.parse(textOf(fileNamed(files, 'lantern-truth.json'))) as RetailTruth;

  it('finds every total that the truth states', () => {
    expect(totals).toEqual(truth.totals);
  });

  it('finds each member number’s orders, last order and money', () => {
    const claims = recordsOf(textOf(fileNamed(files, 'lantern-truth-members.csv')));
    const wrong = claims.filter((claim) => {
      const seen = members.get(claim['member_no']!) ?? unseen();
      const keptOrders = kept(seen);
      return !(
        Number(claim['paid_orders']) === seen.paid.size &&
        Number(claim['kept_orders']) === keptOrders.length &&
        claim['last_paid_at'] === latest([...seen.paid.values()]) &&
        claim['last_kept_at'] === latest(keptOrders.map((order) => seen.paid.get(order)!)) &&
        centsOf(claim['net_amount']!) === seen.cents
      );
    });
    expect(wrong).toEqual([]);
    const known = new Set(claims.map((claim) => claim['member_no']));
    expect([...members.keys()].filter((member) => !known.has(member))).toEqual([]);
  });

  it('finds the planted defects, and no others', () => {
    expect(broken).toEqual(truth.brokenRows);
    expect(broken.map(({ defect }) => defect).sort()).toEqual([
      ...Array(3).fill('bad-time'),
      ...Array(4).fill('no-amount'),
      ...Array(3).fill('too-few-cells'),
      ...Array(2).fill('too-many-cells'),
    ]);
  });
});
