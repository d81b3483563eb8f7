import * as v from 'valibot';
import { PERSONAL_KINDS, type PersonalKind } from '../../core/personal-kinds';
import { DEFAULT_LEAST_CUSTOMERS } from '../../kernels/small-cells/protect-table';
import { generalisationSchema, type Generalisation } from './generalise';

/**
 * What becomes of a personal value wherever it is seen or written. `mask` leaves what recognises a known customer,
 * `pseudonym` the same stand-in for the same value under the key of this device, `generalise` a coarser value,
 * `drop` nothing, `show` the value: a deliberate act, which is noted.
 */
export type Treatment =
  { readonly do: 'mask' | 'pseudonym' | 'drop' | 'show' } | { readonly do: 'generalise'; readonly how: Generalisation };

/** The form in which customers' ids leave in a file. */
export const ID_FORMS = ['pseudonym', 'plain', 'none'] as const;
export type IdForm = (typeof ID_FORMS)[number];

/** A column of a file, by the names in the file. */
export interface ColumnTreatment {
  readonly file: string;
  readonly column: string;
  readonly treatment: Treatment;
}

/** Everything decided about personal data; no value of a row is in it. */
export interface MaskingPolicy {
  /** What is not listed is masked. */
  readonly kinds: Readonly<Partial<Record<PersonalKind, Treatment>>>;
  /** Goes before its kind. */
  readonly columns: readonly ColumnTreatment[];
  readonly exportIds: IdForm;
  /** k: aggregates of fewer customers are withheld from files; 1 = off. */
  readonly leastCustomers: number;
}

export const MOST_LEAST_CUSTOMERS = 1_000;
const MASK: Treatment = { do: 'mask' };

export const DEFAULT_MASKING_POLICY: MaskingPolicy = {
  kinds: {},
  columns: [],
  exportIds: 'pseudonym',
  leastCustomers: DEFAULT_LEAST_CUSTOMERS,
};

const treatmentSchema: v.GenericSchema<unknown, Treatment> = v.variant('do', [
  v.object({ do: v.picklist(['mask', 'pseudonym', 'drop', 'show']) }),
  v.object({ do: v.literal('generalise'), how: generalisationSchema }),
]);

/** A policy as it comes back from a recipe or a store. Kinds of a newer version are refused, not passed over. */
export const maskingPolicySchema: v.GenericSchema<unknown, MaskingPolicy> = v.object({
  kinds: v.pipe(
    v.record(v.picklist(PERSONAL_KINDS), treatmentSchema),
    v.transform((kinds): MaskingPolicy['kinds'] => kinds),
  ),
  columns: v.array(v.object({ file: v.string(), column: v.string(), treatment: treatmentSchema })),
  exportIds: v.picklist(ID_FORMS),
  leastCustomers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_LEAST_CUSTOMERS)),
});

/** What the policy does with a column: its own treatment, else that of its kind, else a mask. */
export function treatmentOf(policy: MaskingPolicy, file: string, column: string, kind: PersonalKind): Treatment {
  const own = policy.columns.find((found) => found.file === file && found.column === column);
  return own?.treatment ?? policy.kinds[kind] ?? MASK;
}

/** The policy with another treatment for a column; null goes back to that of its kind. */
export function withColumn(
  policy: MaskingPolicy,
  file: string,
  column: string,
  treatment: Treatment | null,
): MaskingPolicy {
  const others = policy.columns.filter((found) => found.file !== file || found.column !== column);
  return { ...policy, columns: treatment === null ? others : [...others, { file, column, treatment }] };
}

/** The policy that a project file or a recipe may carry: what was shown by a deliberate act here is masked there. */
export function policyForOthers(policy: MaskingPolicy): MaskingPolicy {
  const isKept = (treatment: Treatment): boolean => treatment.do !== 'show';
  return {
    ...policy,
    kinds: Object.fromEntries(Object.entries(policy.kinds).filter(([, treatment]) => isKept(treatment))),
    columns: policy.columns.filter(({ treatment }) => isKept(treatment)),
    exportIds: policy.exportIds === 'plain' ? 'pseudonym' : policy.exportIds,
  };
}
