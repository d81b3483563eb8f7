import { DAY_MS, startOfDay } from '../../core/dates';
import type { StringPool } from '../../db/arrow-ipc';
import type { FilePlan } from '../dataset/dataset-files';
import { ID_ROLES, type PersonRole } from '../kinds/kinds';
import { isWhole, type Excerpt } from './excerpt';

/** What became of the orders of a file: id i has the fate of the same place, of ORDER_FATES. */
export interface OrderFates {
  readonly ids: StringPool;
  readonly fates: Uint8Array;
}

/** An order of which any row is taken is taken. */
export const ORDER_FATES = ['taken', 'outside-period', 'not-in-sample'] as const;

/** Which rows of one file an excerpt takes; no data in it but the ids of orders. */
export interface RowCut {
  /** Wall-clock epoch milliseconds, the first taken and the first not taken any more; null = no bound. */
  readonly fromMs: number | null;
  readonly beforeMs: number | null;
  readonly oneIn: number;
  readonly residue: number;
  /** Places of the columns that say whose a row is; the first that is filled decides. */
  readonly keyColumns: readonly number[];
  /** Place of the order number, -1 for none. */
  readonly orderColumn: number;
  /** True where other files have rows that only say of which order they are. */
  readonly notesOrders: boolean;
  /** What became of the orders that such rows may name. */
  readonly fates: readonly OrderFates[];
}

/**
 * The cut through one file of a dataset, or null where all of it is taken. Files meet by `anchor`, what
 * the orders say customers by; a row that lacks it goes by another id of its person, a row of an order
 * without a customer by the order. The period holds for what happens: orders, events and feedback.
 */
export function cutOf(plan: FilePlan, excerpt: Excerpt, anchor: PersonRole, notesOrders: boolean): RowCut | null {
  if (isWhole(excerpt) || plan.kind === 'products' || plan.kind === 'series') return null;
  const hasPeriod = plan.kind === 'orders' || plan.kind === 'events' || plan.kind === 'feedback';
  const roles: readonly string[] = plan.mapping.columns.map(({ role }) => role);
  return {
    fromMs: hasPeriod && excerpt.from !== null ? startOfDay(excerpt.from) : null,
    beforeMs: hasPeriod && excerpt.to !== null ? startOfDay(excerpt.to) + DAY_MS : null,
    oneIn: plan.kind === 'order-lines' ? 1 : excerpt.oneIn,
    residue: excerpt.residue,
    keyColumns: [
      ...personColumns(plan, anchor),
      ...(plan.kind === 'orders' ? [roles.indexOf('orderId'), roles.indexOf('orderedAt')] : []),
    ].filter((place) => place >= 0),
    orderColumn: roles.indexOf('orderId'),
    notesOrders: plan.kind === 'orders' && notesOrders,
    fates: [],
  };
}

/** True for a file with rows that may say nothing of their person but an order. */
export function namesOrders({ kind, mapping }: FilePlan): boolean {
  return kind !== 'orders' && mapping.columns.some(({ role }) => role === 'orderId');
}

/** The columns of ids, those by which files meet first. */
function personColumns(plan: FilePlan, anchor: PersonRole): readonly number[] {
  const roleAt = (place: number): string | undefined => {
    const { role } = plan.mapping.columns[place] ?? { role: 'ignore' };
    if (plan.kind !== 'orders') return role;
    if (role === 'customerId') return plan.customerRole;
    return plan.people.find(({ column }) => column === place)?.role;
  };
  // Shops call the same number a customer's in one export and a member's in another.
  const twins: readonly PersonRole[] = anchor === 'customer' || anchor === 'member' ? ['customer', 'member'] : [];
  const order = [...new Set([anchor, ...twins, ...ID_ROLES])];
  const places = plan.mapping.columns.map((_, place) => place);
  return order.flatMap((role) => places.filter((place) => roleAt(place) === role));
}
