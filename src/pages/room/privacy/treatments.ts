import type { PersonalKind } from '../../../core/personal-kinds';
import { AGE_BANDS } from '../../../ingest/privacy/generalise';
import type { Treatment } from '../../../ingest/privacy/masking-policy';

/** The treatments the page offers, by a name that stands in its messages. */
export const TREATMENTS = {
  mask: { do: 'mask' },
  pseudonym: { do: 'pseudonym' },
  ageBand: { do: 'generalise', how: { to: 'age-band', from: AGE_BANDS } },
  month: { do: 'generalise', how: { to: 'month' } },
  year: { do: 'generalise', how: { to: 'year' } },
  city: { do: 'generalise', how: { to: 'city' } },
  prefix: { do: 'generalise', how: { to: 'prefix', characters: 3 } },
  drop: { do: 'drop' },
  show: { do: 'show' },
} as const satisfies Record<string, Treatment>;

export type TreatmentName = keyof typeof TREATMENTS;

/** What makes sense of a kind, the default first. */
export function treatmentsFor(kind: PersonalKind): readonly TreatmentName[] {
  switch (kind) {
    case 'birthday':
      return ['mask', 'ageBand', 'month', 'year', 'drop', 'show'];
    case 'address':
      return ['mask', 'city', 'drop', 'show'];
    case 'text':
      return ['mask', 'drop', 'show'];
    case 'ip':
    case 'plate':
    case 'id-card':
    case 'phone':
      return ['mask', 'pseudonym', 'prefix', 'drop', 'show'];
    default:
      return ['mask', 'pseudonym', 'drop', 'show'];
  }
}

/** The name of a treatment; one that a recipe brought and the page does not offer goes by its form. */
export function nameOfTreatment(treatment: Treatment): TreatmentName {
  if (treatment.do !== 'generalise') return treatment.do;
  switch (treatment.how.to) {
    case 'age-band':
      return 'ageBand';
    case 'city':
      return 'city';
    case 'month':
    case 'day':
      return 'month';
    case 'year':
      return 'year';
    case 'prefix':
    case 'amount-band':
      return 'prefix';
  }
}
