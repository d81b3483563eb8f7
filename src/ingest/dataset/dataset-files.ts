import * as v from 'valibot';
import type { FileMapping, Role } from '../file-preview';
import { kindMappingSchema, type KindColumnMapping, type KindMapping } from '../kinds/kind-mapping';
import { PERSON_ROLES, ID_ROLES, type KindRole, type PersonRole, type RoleKind } from '../kinds/kinds';
import { fileMappingSchema } from '../mapping';

/** A column of a file of orders that says who ordered, beside the one of the customer. */
export interface OrderPerson {
  /** Place of the column in the file. */
  readonly column: number;
  readonly role: PersonRole;
}

/** How a file of orders is read in a dataset. */
export interface OrdersPlan {
  readonly kind: 'orders';
  readonly mapping: FileMapping;
  /** What the customer column says people by, so that it meets columns of the same kind in other files. */
  readonly customerRole: PersonRole;
  readonly people: readonly OrderPerson[];
}

/** How a file that holds something else is read. */
export interface FactsPlan {
  readonly kind: Exclude<RoleKind, 'order-heads'>;
  readonly mapping: KindMapping;
}

export type FilePlan = OrdersPlan | FactsPlan;

/** A file of a dataset, as delimited text. */
export interface DatasetFile {
  readonly blob: Blob;
  readonly name: string;
  readonly plan: FilePlan;
}

const ordersPlanSchema = v.object({
  kind: v.literal('orders'),
  mapping: fileMappingSchema,
  customerRole: v.picklist(PERSON_ROLES),
  people: v.array(v.object({ column: v.pipe(v.number(), v.integer(), v.minValue(0)), role: v.picklist(ID_ROLES) })),
});

const factsPlanSchema = v.pipe(
  v.object({
    kind: v.picklist(['order-lines', 'members', 'products', 'events', 'feedback', 'series']),
    mapping: kindMappingSchema,
  }),
  v.check(({ kind, mapping }) => kind === mapping.kind, 'invalid plan: a mapping of another kind'),
);

/** A plan as it comes back from a recipe: no row of data is in it. */
export const filePlanSchema: v.GenericSchema<unknown, FilePlan> = v.variant('kind', [
  ordersPlanSchema,
  factsPlanSchema,
]);

/** The role that each role of an order has where the order's lines stand in another file. */
const HEAD_ROLES: Readonly<Partial<Record<Role, KindRole>>> = {
  orderedAt: 'occurredAt',
  orderId: 'orderId',
  amount: 'amount',
  refundAmount: 'refundAmount',
  channel: 'channel',
  store: 'store',
  payment: 'payment',
  city: 'city',
  status: 'status',
};

/** The same file read as heads of orders: who, when, how much in all, and the labels of the whole order. */
export function headMapping({ mapping, customerRole, people }: OrdersPlan): KindMapping {
  const columns = mapping.columns.map(({ role, timeFormat, numberFormat }, place): KindColumnMapping => {
    const person = people.find(({ column }) => column === place)?.role;
    const headRole = role === 'customerId' ? customerRole : (HEAD_ROLES[role] ?? person ?? 'ignore');
    return { role: headRole, timeFormat, numberFormat };
  });
  return { kind: 'order-heads', dialect: mapping.dialect, columns, zoneOffsetMinutes: mapping.zoneOffsetMinutes };
}
