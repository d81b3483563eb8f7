import * as v from 'valibot';
import { LINE_LABELS } from '../../db/schema';
import { LEFT_OUT_REASONS } from '../../ingest/file-preview';
import { KIND_LEFT_OUT_REASONS } from '../../ingest/kinds/kind-reasons';
import { PERSON_ROLES, ROLE_KINDS } from '../../ingest/kinds/kinds';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const scale = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6));
const roles = v.pipe(v.array(v.picklist(PERSON_ROLES)), v.maxLength(100));
/** JSON has no NaN, which stands for "there is none". */
const instant = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);

export const layoutSchema = v.object({
  moneyScale: scale,
  quantityScale: scale,
  hasOrderId: v.boolean(),
  hasProduct: v.boolean(),
  hasQuantity: v.boolean(),
  labels: v.array(v.picklist(LINE_LABELS)),
});

export const importReportSchema = v.object({
  rowsRead: count,
  rowsUsed: count,
  blankLines: count,
  titleLines: count,
  leftOut: v.array(v.object({ reason: v.picklist(LEFT_OUT_REASONS), rows: count })),
  leftOutNotKept: count,
  rowsWithoutCustomer: count,
  amountsRounded: count,
  customers: count,
  orders: count,
  ordersSplitByCustomer: count,
  cancelMarks: count,
  firstOrderedAt: instant,
  lastOrderedAt: instant,
});

const kindReportSchema = v.object({
  kind: v.picklist(ROLE_KINDS),
  rowsRead: count,
  rowsUsed: count,
  tableRows: count,
  blankLines: count,
  titleLines: count,
  leftOut: v.array(v.object({ reason: v.picklist(KIND_LEFT_OUT_REASONS), rows: count })),
  leftOutNotKept: count,
  rowsWithoutPerson: count,
  personRoles: roles,
  accounts: count,
  unread: v.array(v.object({ column: v.string(), cells: count })),
  firstMs: instant,
  lastMs: instant,
});

export const fileReportSchema = v.union([
  v.object({ file: count, kind: v.literal('orders'), report: importReportSchema }),
  v.object({ file: count, kind: v.picklist(ROLE_KINDS), report: kindReportSchema }),
]);

export const joinSchema = v.nullable(
  v.object({
    items: count,
    itemsWithoutOrder: count,
    orders: count,
    ordersWithoutItems: count,
    ordersWithBoth: count,
    ordersThatAgree: count,
  }),
);

export const renamedSchema = v.nullable(v.object({ from: v.picklist(PERSON_ROLES), to: v.picklist(PERSON_ROLES) }));
