import { describe, expect, it } from 'vitest';
import { sampleFiles } from '../../../../src/samples/sample-files';
import type { CheckoutCount, RetailTruth } from '../../../../src/samples/retail/truth';
import { cellsOf, fileNamed, fileOfKind, recordsOf, textOf } from '../naive-csv';

const files = sampleFiles('retail', { seed: 20260101, customers: 12_000, asOf: '2026-01-01', locale: 'en' });
const truth = JSON.parse(textOf(fileNamed(files, 'lantern-truth.json'))) as RetailTruth;
const truthMembers = recordsOf(textOf(fileNamed(files, 'lantern-truth-members.csv')));
const members = recordsOf(textOf(fileOfKind(files, 'members')));
const orders = cellsOf(textOf(fileOfKind(files, 'orders'))).slice(1);
const typeOf = new Map(truthMembers.map((row) => [row['member_no'], row['customer_type']]));

describe('planted traps', () => {
  it('the member list has every number of the truth once, no more', () => {
    expect(members.map((row) => row['member_no']).sort()).toEqual(truthMembers.map((row) => row['member_no']).sort());
    expect(members).toHaveLength(truth.memberNumbers);
  });

  it('people registered twice point at each other, and most can be found by their telephone', () => {
    const byNumber = new Map(members.map((row) => [row['member_no'], row]));
    const pairs = truthMembers.filter((row) => row['same_person_as'] !== '');
    expect(pairs).toHaveLength(2 * truth.peopleRegisteredTwice);
    const digits = (number: string): string => byNumber.get(number)!['phone']!.replace(/\D/g, '').slice(-11);
    const mirror = new Map(pairs.map((row) => [row['member_no'], row['same_person_as']]));
    let written = 0;
    let otherwise = 0;
    for (const [number, other] of mirror) {
      expect(mirror.get(other)).toBe(number);
      if (digits(number!) === digits(other!)) written++;
      if (byNumber.get(number)!['phone'] !== byNumber.get(other)!['phone']) otherwise++;
    }
    expect(written / pairs.length).toBeGreaterThan(0.6);
    expect(otherwise / pairs.length).toBeGreaterThan(0.6);
  });

  it('one telephone belongs to a counter, and no other to more than two numbers', () => {
    const counts = new Map<string, number>();
    for (const { phone } of members) if (phone !== '') counts.set(phone!, (counts.get(phone!) ?? 0) + 1);
    expect(counts.get(truth.storePhone.phone)).toBe(truth.storePhone.members);
    counts.delete(truth.storePhone.phone);
    expect(Math.max(...counts.values())).toBe(2);
    expect(truth.storePhone.members).toBeGreaterThan(20);
  });

  it('the giant basket has 240 rows, ten times any other', () => {
    const rows = new Map<string, number>();
    for (const [order = ''] of orders) rows.set(order, (rows.get(order) ?? 0) + 1);
    expect(rows.get(truth.giantOrder.orderNumber)).toBe(240);
    rows.delete(truth.giantOrder.orderNumber);
    expect(Math.max(...rows.values())).toBeLessThanOrEqual(24);
  });

  it('read as doubles, order numbers merge', () => {
    const numbers = new Set(orders.map(([order]) => order));
    expect(new Set([...numbers].map(Number)).size).toBeLessThan(numbers.size / 2);
  });

  it('the checkout breaks in one version, as the events alone show', () => {
    const reached = new Map<string, string>();
    const paid = new Set<string>();
    for (const row of recordsOf(textOf(fileOfKind(files, 'events')))) {
      if (row['event'] === 'begin_checkout') reached.set(row['session_id']!, row['app_version']!);
      if (row['event'] === 'pay') paid.add(row['session_id']!);
    }
    const counts: Record<string, CheckoutCount> = {};
    for (const [session, version] of reached) {
      const before = counts[version] ?? { reached: 0, paid: 0 };
      counts[version] = { reached: before.reached + 1, paid: before.paid + (paid.has(session) ? 1 : 0) };
    }
    expect(counts).toEqual(truth.brokenCheckout.byVersion);
    for (const [version, count] of Object.entries(counts)) {
      if (version === '5.2.0') expect(count.paid / count.reached).toBeLessThan(0.3);
      else expect(count.paid / count.reached).toBeGreaterThan(0.7);
    }
  });

  it('every paid online order of the last quarter has a session that pays', () => {
    const paid = recordsOf(textOf(fileOfKind(files, 'events'))).filter((row) => row['event'] === 'pay');
    const online = new Set(
      orders
        .filter(
          (cells) =>
            cells.length === 15 && cells[14] === 'Completed' && cells[3] === 'Online' && cells[2]! >= '2025-10-04',
        )
        .map(([order]) => order),
    );
    expect(paid).toHaveLength(online.size);
  });

  it('the unhappy type buys more often than the regular one and yet would not recommend the shop', () => {
    const scores = new Map<string, number[]>();
    for (const row of recordsOf(textOf(fileOfKind(files, 'feedback')))) {
      if (row['kind'] !== 'nps') continue;
      const type = typeOf.get(row['member_no'])!;
      scores.set(type, [...(scores.get(type) ?? []), Number(row['score'])]);
    }
    const nps = (type: string): number => {
      const answers = scores.get(type)!;
      return (
        (answers.filter((score) => score >= 9).length - answers.filter((score) => score <= 6).length) / answers.length
      );
    };
    const ordersEach = (type: string): number => {
      const rows = truthMembers.filter((row) => row['customer_type'] === type);
      return rows.reduce((sum, row) => sum + Number(row['paid_orders']), 0) / rows.length;
    };
    expect(nps('unhappy-active')).toBeLessThan(-0.8);
    expect(nps('loyal')).toBeGreaterThan(0.4);
    expect(ordersEach('unhappy-active')).toBeGreaterThan(1.3 * ordersEach('regular'));
  });

  it('planted pairs are bought together far more often than chance', () => {
    const baskets = new Map<string, Set<string>>();
    for (const cells of orders) {
      if (cells.length !== 15 || cells[14] !== 'Completed' || cells[0] === truth.giantOrder.orderNumber) continue;
      baskets.set(cells[0]!, (baskets.get(cells[0]!) ?? new Set<string>()).add(cells[5]!));
    }
    const all = [...baskets.values()];
    for (const { sku, with: companion, share } of truth.companions) {
      const having = all.filter((basket) => basket.has(sku));
      const both = having.filter((basket) => basket.has(companion)).length;
      const confidence = both / having.length;
      const base = all.filter((basket) => basket.has(companion)).length / all.length;
      expect(confidence).toBeGreaterThan(share - 4.5 * Math.sqrt((share * (1 - share)) / having.length));
      expect(confidence / base).toBeGreaterThan(2);
    }
  });
});
