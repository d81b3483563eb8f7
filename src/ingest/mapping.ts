import * as v from 'valibot';
import {
  DELIMITERS,
  ENCODINGS,
  NUMBER_FORMATS,
  ROLES,
  TIME_FORMATS,
  type FileMapping,
  type FilePreview,
  type MissingNeed,
  type Role,
} from './file-preview';

export const dialectSchema = v.object({
  encoding: v.picklist(ENCODINGS),
  delimiter: v.picklist(DELIMITERS),
  hasHeader: v.boolean(),
  skipLines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
});

const FARTHEST_ZONE_MINUTES = 14 * 60;
/** Minutes east of UTC. */
export const zoneSchema = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(-FARTHEST_ZONE_MINUTES),
  v.maxValue(FARTHEST_ZONE_MINUTES),
);

/** A mapping as it comes back from a store or a file: its form, and each role at most once. */
export const fileMappingSchema: v.GenericSchema<unknown, FileMapping> = v.object({
  dialect: dialectSchema,
  columns: v.pipe(
    v.array(
      v.object({
        role: v.picklist(ROLES),
        timeFormat: v.nullable(v.picklist(TIME_FORMATS)),
        numberFormat: v.nullable(v.picklist(NUMBER_FORMATS)),
      }),
    ),
    v.minLength(1),
    v.check((columns) => hasUniqueRoles(columns.map((column) => column.role)), 'invalid columns: a role stands twice'),
  ),
  zoneOffsetMinutes: zoneSchema,
});

function hasUniqueRoles(roles: readonly Role[]): boolean {
  const meanings = roles.filter((role) => role !== 'ignore');
  return new Set(meanings).size === meanings.length;
}

/** The mapping as guessed, for when nobody is there to change it. */
export function mappingFromPreview(preview: FilePreview, zoneOffsetMinutes: number): FileMapping {
  return {
    dialect: preview.dialect,
    columns: preview.columns.map(({ role, timeFormat, numberFormat }) => ({ role, timeFormat, numberFormat })),
    zoneOffsetMinutes,
  };
}

/** What the main job needs and the roles do not give: a customer, a time, and an amount or pieces and their price. */
export function missingNeeds(columns: readonly { readonly role: Role }[]): readonly MissingNeed[] {
  const roles = new Set(columns.map((column) => column.role));
  const missing: MissingNeed[] = [];
  if (!roles.has('customerId')) missing.push('customer');
  if (!roles.has('orderedAt')) missing.push('time');
  if (!roles.has('amount') && !(roles.has('quantity') && roles.has('unitPrice'))) missing.push('amount');
  return missing;
}
