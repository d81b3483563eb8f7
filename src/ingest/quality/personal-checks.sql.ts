import { integerConstant, join, sql, type Sql } from '../../core/sql';
import type { CheckedForm } from './rule';

/**
 * Conditions over a plain text that mirror core/personal-kinds.ts and core/check-digits.ts in the engine's
 * pattern language, which has no lookarounds; a test holds both against the same values.
 */
export function hasForm(plain: Sql, form: CheckedForm): Sql {
  switch (form) {
    case 'email':
      return sql`regexp_full_match(${plain}, '[^\\s@]+@[^\\s@]+\\.[^\\s@]+')`;
    case 'phone':
      return sql`regexp_full_match(${plain}, ${PHONES})`;
    case 'resident-number':
      return isResidentNumber(plain);
  }
}

/** A mainland mobile number, a landline with or without its area, a service number, or one with a country code. */
const PHONES = sql`'(?:(?:\\+|00)?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|(?:\\(?0[0-9]{2,3}\\)?[- ]?[0-9]|[2-9])[0-9]{6,7}(?:-[0-9]{1,5})?|[48]00-?[0-9]{3}-?[0-9]{4}|(?:\\+|00)[1-9][0-9 ()-]{6,18}[0-9]|\\(?[0-9]{3}\\)?[- ][0-9]{3}-[0-9]{4}'`;

const REGIONS = sql`'11','12','13','14','15','21','22','23','31','32','33','34','35','36','37','41','42','43','44','45','46','50','51','52','53','54','61','62','63','64','65','71','81','82','83'`;
/** Weights of ISO 7064 MOD 11-2, of the first 17 digits. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function isResidentNumber(plain: Sql): Sql {
  const terms = WEIGHTS.map(
    (weight, i) => sql`${integerConstant(weight)} * CAST(${plain}[${integerConstant(i + 1)}] AS INTEGER)`,
  );
  const check = sql`'10X98765432'[1 + (${join(terms, sql` + `)}) % 11]`;
  const region = sql`${plain}[1:2] IN (${REGIONS})`;
  return sql`CASE
    WHEN regexp_full_match(${plain}, '[0-9]{17}[0-9Xx]') THEN ${region}
      AND try_strptime(${plain}[7:14], '%Y%m%d') IS NOT NULL AND ${check} = upper(${plain}[18])
    WHEN regexp_full_match(${plain}, '[0-9]{15}') THEN ${region} AND try_strptime('19' || ${plain}[7:12], '%Y%m%d') IS NOT NULL
    ELSE FALSE END`;
}
