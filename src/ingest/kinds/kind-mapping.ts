import * as v from 'valibot';
import { NUMBER_FORMATS, TIME_FORMATS, type Dialect, type NumberFormat, type TimeFormat } from '../file-preview';
import { dialectSchema, zoneSchema } from '../mapping';
import { KIND_ROLES, KIND_SPECS, ROLE_KINDS, mayRepeat, type KindRole, type RoleKind } from './kinds';

/** What is settled for a column of a file that holds no orders. */
export interface KindColumnMapping {
  readonly role: KindRole;
  readonly timeFormat: TimeFormat | null;
  readonly numberFormat: NumberFormat | null;
}

/** What a row of feedback is: as its type column says, or as the whole file is. */
export const FEEDBACK_TYPES = ['nps', 'csat', 'review', 'complaint', 'inquiry'] as const;
export type FeedbackType = (typeof FEEDBACK_TYPES)[number];

/** The whole agreement on how such a file is read: no data in it. */
export interface KindMapping {
  readonly kind: RoleKind;
  readonly dialect: Dialect;
  readonly columns: readonly KindColumnMapping[];
  /** Minutes east of UTC of the dataset's wall clock. */
  readonly zoneOffsetMinutes: number;
  /** For feedback whose rows do not say what they are; null leaves the type open. */
  readonly feedbackType?: FeedbackType | null;
}

/** A mapping as it comes back from a store or a file: its form, the kind's own roles, each as often as it may stand. */
export const kindMappingSchema: v.GenericSchema<unknown, KindMapping> = v.pipe(
  v.object({
    kind: v.picklist(ROLE_KINDS),
    dialect: dialectSchema,
    columns: v.pipe(
      v.array(
        v.object({
          role: v.picklist(KIND_ROLES),
          timeFormat: v.nullable(v.picklist(TIME_FORMATS)),
          numberFormat: v.nullable(v.picklist(NUMBER_FORMATS)),
        }),
      ),
      v.minLength(1),
    ),
    zoneOffsetMinutes: zoneSchema,
    feedbackType: v.optional(v.nullable(v.picklist(FEEDBACK_TYPES)), null),
  }),
  v.check(
    ({ kind, columns }) => columns.every(({ role }) => role === 'ignore' || KIND_SPECS[kind].roles.includes(role)),
    'invalid columns: a role of another kind of file',
  ),
  v.check(({ kind, columns }) => {
    const single = columns.map(({ role }) => role).filter((role) => !mayRepeat(kind, role));
    return new Set(single).size === single.length;
  }, 'invalid columns: a role stands twice'),
);
