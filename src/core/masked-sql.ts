import { mask } from './masking';
import { personalKindOf, type PersonalKind } from './personal-kinds';
import { literal, type Sql } from './sql';

/** Kinds that a word of the app or of the data, such as the name of a segment, cannot be taken for. */
const UNMISTAKABLE: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'email',
  'id-card',
  'mobile',
  'phone',
  'bank-card',
  'hong-kong-id',
  'taiwan-id',
  'plate',
  'wechat',
  'device',
  'address',
]);

/** The statement with its values in place, those that plainly are of a person masked: for the screen, not for running. */
export function printMaskedSql(statement: Sql): string {
  return statement.render((_, value) =>
    literal(typeof value === 'string' && UNMISTAKABLE.has(personalKindOf(value)) ? mask(value) : value),
  );
}
