import type { Day } from '../../core/dates';
import type { ColumnMeaning } from './column-meanings';
import type { ColumnQuality } from './column-quality';
import { AS_OF, type QualityRule, type RuleCheck } from './rule';

/** A file as the suggestions see it. */
export interface ProfiledFile {
  /** The file's number in the room. */
  readonly number: number;
  readonly columns: readonly ColumnQuality[];
  /** True when rows of another width were looked for. */
  readonly knowsWidth: boolean;
}

/** Nearly every id stands once: rows are orders or persons, not lines. */
const ONE_ROW_EACH = 0.98;
/** Of more different values than this, a column holds no categories. */
const MOST_CATEGORIES = 1000;
const FIRST_DAY: Day = '2000-01-01';
const FIRST_BIRTHDAY: Day = '1900-01-01';
const OLDEST_YEARS = 120;
/** A family or a couple may share a telephone; a till's is shared by many. */
const OWNERS_A_PHONE = 3;
const CENT = 0.01;
const NIGHT = { fromHour: 1, toHour: 5, factor: 5 } as const;

/** The rules that a file of these columns is usually held to, each with an id that stays the same for the same columns. */
export function suggestRules(file: ProfiledFile, others: readonly ProfiledFile[] = []): readonly QualityRule[] {
  const checks: RuleCheck[] = [
    ...(file.knowsWidth ? [{ kind: 'width' } as const] : []),
    ...idChecks(file),
    ...moneyChecks(file),
    ...timeChecks(file),
    ...registeredChecks(file, others),
    ...personChecks(file),
    { kind: 'distinct-rows' },
    ...spellingChecks(file),
  ];
  return checks.map((check) => ({ id: idOf(check), isOn: true, isOwn: false, check }));
}

/** The same for the same check, whatever its limits: a changed limit is the same rule. */
function idOf(check: RuleCheck): string {
  const names = Object.values(check).flatMap((part: unknown) =>
    typeof part === 'string' ? [part] : Array.isArray(part) ? part.map(String) : [],
  );
  return names.join(':');
}

const named = (file: ProfiledFile, meaning: ColumnMeaning): ColumnQuality | undefined =>
  file.columns.find((column) => column.meaning === meaning && column.type !== 'empty');

const share = (column: ColumnQuality): number => column.distinct / Math.max(1, column.rows - column.gaps);

function idChecks(file: ProfiledFile): RuleCheck[] {
  const [order, customer, time, amount] = [
    named(file, 'order'),
    named(file, 'customer'),
    named(file, 'time'),
    named(file, 'amount'),
  ];
  const checks: RuleCheck[] = [];
  if (order !== undefined) {
    const others = [customer, time].flatMap((column) => (column === undefined ? [] : [column.name]));
    if (share(order) >= ONE_ROW_EACH) checks.push({ kind: 'unique', columns: [order.name] });
    else if (others.length > 0) checks.push({ kind: 'agree', id: order.name, others, amount: amount?.name ?? null });
  } else if (customer !== undefined && time === undefined && share(customer) >= ONE_ROW_EACH) {
    checks.push({ kind: 'unique', columns: [customer.name] });
  }
  if (customer !== undefined) checks.push({ kind: 'filled', column: customer.name });
  return checks;
}

function moneyChecks(file: ProfiledFile): RuleCheck[] {
  const [price, quantity, amount] = [named(file, 'unitPrice'), named(file, 'quantity'), named(file, 'amount')];
  const checks: RuleCheck[] = [];
  if (price !== undefined && quantity !== undefined && amount !== undefined) {
    checks.push({ kind: 'product', price: price.name, quantity: quantity.name, amount: amount.name, tolerance: CENT });
  }
  if (quantity !== undefined && amount !== undefined) {
    checks.push({ kind: 'signs', quantity: quantity.name, amount: amount.name });
  }
  for (const { meaning, type, name } of file.columns) {
    if (type !== 'number') continue;
    if (meaning === 'percent') checks.push({ kind: 'between', column: name, least: 0, most: 100 });
    if (meaning === 'age') checks.push({ kind: 'between', column: name, least: 0, most: OLDEST_YEARS });
  }
  return checks;
}

function timeChecks(file: ProfiledFile): RuleCheck[] {
  const checks: RuleCheck[] = file.columns
    .filter(({ type }) => type === 'time')
    .map(({ name, meaning }) => ({
      kind: 'days',
      column: name,
      first: meaning === 'birthday' ? FIRST_BIRTHDAY : FIRST_DAY,
      last: AS_OF,
    }));
  const [time, registered, store, order] = [
    named(file, 'time'),
    named(file, 'registeredAt'),
    named(file, 'store'),
    named(file, 'order'),
  ];
  if (time?.type === 'time' && registered?.type === 'time') {
    checks.push({ kind: 'compare', left: registered.name, comparison: '<=', right: time.name });
  }
  if (time?.type === 'time' && store !== undefined) {
    checks.push({ kind: 'night', time: time.name, store: store.name, order: order?.name ?? null, ...NIGHT });
  }
  return checks;
}

/** Orders before registration, where the day of registration stands in another file. */
function registeredChecks(file: ProfiledFile, others: readonly ProfiledFile[]): RuleCheck[] {
  const [time, customer, order] = [named(file, 'time'), named(file, 'customer'), named(file, 'order')];
  if (time?.type !== 'time' || customer === undefined || order === undefined) return [];
  return others.flatMap((other) => {
    const [registered, member] = [named(other, 'registeredAt'), named(other, 'customer')];
    if (registered?.type !== 'time' || member === undefined) return [];
    const members = { file: other.number, customer: member.name, time: registered.name };
    return [{ kind: 'registered', time: time.name, customer: customer.name, members }];
  });
}

function personChecks(file: ProfiledFile): RuleCheck[] {
  const [phone, email, idCard, customer] = [
    named(file, 'phone'),
    named(file, 'email'),
    named(file, 'idCard'),
    named(file, 'customer'),
  ];
  const checks: RuleCheck[] = [];
  if (phone !== undefined) checks.push({ kind: 'form', column: phone.name, form: 'phone' });
  if (phone !== undefined && customer !== undefined) {
    checks.push({ kind: 'few-owners', column: phone.name, owner: customer.name, most: OWNERS_A_PHONE });
  }
  if (email !== undefined) checks.push({ kind: 'form', column: email.name, form: 'email' });
  if (idCard !== undefined) checks.push({ kind: 'form', column: idCard.name, form: 'resident-number' });
  return checks;
}

function spellingChecks(file: ProfiledFile): RuleCheck[] {
  return file.columns
    .filter(({ type, distinct, isPersonal, meaning, spellings }) => {
      if (type !== 'text' || isPersonal || distinct > MOST_CATEGORIES) return false;
      return meaning === 'label' || meaning === 'store' || spellings.surplus > 0;
    })
    .map(({ name }) => ({ kind: 'one-spelling', column: name }));
}
