/** What a file of the room holds. `orders` keep their own roles (file-preview.ts); `unused` has none. */
export const FILE_KINDS = [
  'orders',
  'order-lines',
  'members',
  'products',
  'events',
  'feedback',
  'series',
  'unused',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/**
 * The kinds whose columns take the roles of this file. No file is of the kind `order-heads`: it is how a
 * file of orders is read where its lines stand in another one, or where several columns say who ordered.
 */
export const ROLE_KINDS = [
  'order-lines',
  'order-heads',
  'members',
  'products',
  'events',
  'feedback',
  'series',
] as const;
export type RoleKind = (typeof ROLE_KINDS)[number];

export function isRoleKind(kind: FileKind): kind is Exclude<RoleKind, 'order-heads'> {
  return kind !== 'orders' && kind !== 'unused';
}

/**
 * What says who a row is about, the strongest first. A column with one of these roles is kept in
 * `account_ids` under this very name, as written.
 */
export const PERSON_ROLES = [
  'customer',
  'member',
  'phone',
  'openid',
  'unionid',
  'email',
  'device',
  'id-card',
  'name',
  'birthday',
] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

export function isPersonRole(role: string): role is PersonRole {
  return (PERSON_ROLES as readonly string[]).includes(role);
}

/** Two people may share these, so that they say nothing on their own. */
const SHARED_PERSON_ROLES: readonly PersonRole[] = ['name', 'birthday'];
export const ID_ROLES: readonly PersonRole[] = PERSON_ROLES.filter((role) => !SHARED_PERSON_ROLES.includes(role));

/** What a column of such a file means, beside who it is about. */
export const FACT_ROLES = [
  'orderId',
  'productId',
  'productName',
  'category',
  'subcategory',
  'brand',
  'listPrice',
  'cost',
  'season',
  'launchedAt',
  'quantity',
  'unitPrice',
  'amount',
  'refundAmount',
  'payment',
  'gender',
  'age',
  'city',
  'province',
  'level',
  'points',
  'balance',
  'registeredAt',
  'registrationChannel',
  'store',
  'occupation',
  'income',
  'occurredAt',
  'event',
  'page',
  'channel',
  'session',
  'campaign',
  'duration',
  'givenAt',
  'feedbackType',
  'score',
  'scale',
  'text',
  'topic',
  'status',
  'resolvedAt',
  'date',
  'endsAt',
  'seriesName',
  'value',
] as const;
export type FactRole = (typeof FACT_ROLES)[number];

export const KIND_ROLES = [...PERSON_ROLES, ...FACT_ROLES, 'ignore'] as const;
export type KindRole = (typeof KIND_ROLES)[number];

/** How the cells of a role are read. `id` and `text` stay as written, `label` is folded to NFKC. */
export type ValueType = 'id' | 'time' | 'number' | 'label' | 'text';

const TIMES: ReadonlySet<KindRole> = new Set<KindRole>([
  'birthday',
  'launchedAt',
  'registeredAt',
  'occurredAt',
  'givenAt',
  'resolvedAt',
  'date',
  'endsAt',
]);
const NUMBERS: ReadonlySet<KindRole> = new Set<KindRole>([
  'listPrice',
  'cost',
  'quantity',
  'unitPrice',
  'amount',
  'refundAmount',
  'age',
  'points',
  'balance',
  'duration',
  'score',
  'scale',
  'value',
]);
const IDS: ReadonlySet<KindRole> = new Set<KindRole>([
  ...PERSON_ROLES.filter((role) => role !== 'birthday'),
  'orderId',
  'productId',
  'session',
]);
const TEXTS: ReadonlySet<KindRole> = new Set<KindRole>(['productName', 'text', 'page']);

export function valueTypeOf(role: KindRole): ValueType {
  if (TIMES.has(role)) return 'time';
  if (NUMBERS.has(role)) return 'number';
  if (IDS.has(role)) return 'id';
  return TEXTS.has(role) ? 'text' : 'label';
}

/** What a kind of file cannot do without. */
export type KindNeed = 'person' | 'time' | 'product' | 'order' | 'event' | 'content' | 'value' | 'line';

/** A need and the roles of which any one meets it. */
export interface NeedSpec {
  readonly need: KindNeed;
  readonly anyOf: readonly KindRole[];
  /** False where the file must have such a column, but a row of it may do without. */
  readonly isOfEveryRow: boolean;
}

export interface KindSpec {
  /** The roles its columns may have, those that matter most first. */
  readonly roles: readonly KindRole[];
  readonly needs: readonly NeedSpec[];
}

const everyRow = (need: KindNeed, ...anyOf: readonly KindRole[]): NeedSpec => ({ need, anyOf, isOfEveryRow: true });

export const KIND_SPECS: Readonly<Record<RoleKind, KindSpec>> = {
  'order-lines': {
    roles: ['orderId', 'productId', 'productName', 'quantity', 'unitPrice', 'amount', 'category', 'brand', 'listPrice'],
    needs: [
      everyRow('order', 'orderId'),
      everyRow('line', 'productId', 'productName', 'amount', 'unitPrice', 'category'),
    ],
  },
  'order-heads': {
    roles: [
      ...ID_ROLES,
      'orderId',
      'occurredAt',
      'amount',
      'refundAmount',
      'channel',
      'store',
      'payment',
      'city',
      'status',
    ],
    needs: [everyRow('time', 'occurredAt')],
  },
  members: {
    roles: [
      ...PERSON_ROLES,
      'gender',
      'age',
      'city',
      'province',
      'level',
      'points',
      'balance',
      'registeredAt',
      'registrationChannel',
      'store',
      'occupation',
      'income',
    ],
    needs: [everyRow('person', ...ID_ROLES)],
  },
  products: {
    roles: [
      'productId',
      'productName',
      'category',
      'subcategory',
      'brand',
      'listPrice',
      'cost',
      'season',
      'launchedAt',
    ],
    needs: [everyRow('product', 'productId')],
  },
  events: {
    roles: [
      ...ID_ROLES,
      'occurredAt',
      'event',
      'page',
      'productId',
      'category',
      'channel',
      'session',
      'campaign',
      'duration',
      'amount',
    ],
    needs: [
      { need: 'person', anyOf: [...ID_ROLES, 'session'], isOfEveryRow: false },
      everyRow('time', 'occurredAt'),
      everyRow('event', 'event', 'page'),
    ],
  },
  feedback: {
    roles: [
      ...ID_ROLES,
      'name',
      'givenAt',
      'feedbackType',
      'score',
      'scale',
      'text',
      'topic',
      'channel',
      'status',
      'resolvedAt',
      'orderId',
      'productId',
    ],
    needs: [everyRow('time', 'givenAt'), everyRow('content', 'score', 'text', 'feedbackType', 'topic')],
  },
  series: {
    roles: ['date', 'endsAt', 'seriesName', 'value'],
    needs: [everyRow('time', 'date'), everyRow('value', 'value', 'seriesName')],
  },
};

/** True for a role that several columns of the file may have: each number of a wide series is one of its own. */
export function mayRepeat(kind: RoleKind, role: KindRole): boolean {
  return role === 'ignore' || (kind === 'series' && role === 'value');
}

/** What the kind needs and the roles do not give, in the order of its needs. */
export function missingKindNeeds(kind: RoleKind, roles: Iterable<KindRole>): readonly KindNeed[] {
  const given = new Set(roles);
  return KIND_SPECS[kind].needs.filter(({ anyOf }) => !anyOf.some((role) => given.has(role))).map(({ need }) => need);
}
