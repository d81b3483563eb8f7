import type { Role } from '../file-preview';
import type { KindColumn } from './kind-column';
import { guessKindRoles } from './kind-roles';
import { ID_ROLES, missingKindNeeds, type FileKind, type KindRole, type RoleKind } from './kinds';

/** What speaks for a kind, said in words beside the guess. */
export const KIND_REASONS = [
  'order-columns',
  'no-customer',
  'lines-without-time',
  'person-unique',
  'profile-columns',
  'product-unique',
  'product-columns',
  'event-names',
  'event-column',
  'mostly-purchases',
  'purchases-with-price',
  'score-column',
  'score-range',
  'feedback-types',
  'feedback-text',
  'numbers-by-date',
  'named-values-by-date',
  'nothing-known',
] as const;
export type KindReason = (typeof KIND_REASONS)[number];

export interface KindGuess {
  readonly kind: FileKind;
  /** 0..1, how sure the guess is. */
  readonly confidence: number;
  /** What speaks for it, the strongest first. */
  readonly why: readonly KindReason[];
}

export interface RecognisedKind extends KindGuess {
  /** Other kinds the file may be, the likeliest first. */
  readonly runnersUp: readonly KindGuess[];
}

/** A file whose best kind is less likely than this is left unused until someone says what it is. */
const LEAST_CONFIDENCE = 0.4;
const LEAST_RUNNER_UP = 0.3;
/** Where this share of a log are purchases, it is a list of orders that happens to be written as a log. */
const MOSTLY = 0.5;
const MOST_SCORE = 10;

/** The roles of a kind as found, and the columns they are on. */
interface Reading {
  readonly roles: ReadonlySet<KindRole>;
  column(role: KindRole): KindColumn | undefined;
  count(roles: readonly KindRole[]): number;
  readonly isComplete: boolean;
}

interface Scored {
  readonly score: number;
  readonly why: readonly KindReason[];
}

const NOT: Scored = { score: 0, why: [] };

/**
 * What the file most likely holds, by the names of its columns, their types and the forms of their
 * values. A log of behaviour whose purchases carry a price is both events and orders: the kind that most
 * of its rows are comes first, and the other is the first runner-up.
 *
 * @param orderRoles the roles that the preview guessed for orders, one a column
 */
export function recogniseKind(columns: readonly KindColumn[], orderRoles: readonly Role[]): RecognisedKind {
  const read = (kind: RoleKind): Reading => readingOf(columns, kind);
  const events = scoreEvents(read('events'));
  const orders = scoreOrders(new Set(orderRoles), read('events'), columns, events.score);
  const scores: Readonly<Record<Exclude<FileKind, 'unused'>, Scored>> = {
    orders,
    events: events.score > 0 && orders.why.includes('mostly-purchases') ? lowered(events) : events,
    feedback: scoreFeedback(read('feedback')),
    members: scoreMembers(read('members'), new Set(orderRoles), read('events')),
    'order-lines': scoreOrderLines(read('order-lines'), columns),
    products: scoreProducts(read('products'), columns),
    series: scoreSeries(read('series'), read('events'), columns),
  };
  const ranked = (Object.keys(scores) as (keyof typeof scores)[])
    .map((kind): KindGuess => ({ kind, confidence: Math.min(0.98, scores[kind].score), why: scores[kind].why }))
    .filter(({ confidence }) => confidence >= LEAST_RUNNER_UP)
    // Kinds stand in the order of preference, which a stable sort keeps among equals.
    .sort((a, b) => b.confidence - a.confidence);
  const [best, ...others] = ranked;
  if (best === undefined || best.confidence < LEAST_CONFIDENCE) {
    return {
      kind: 'unused',
      confidence: best === undefined ? 0.9 : 1 - best.confidence,
      why: ['nothing-known'],
      runnersUp: ranked,
    };
  }
  return { ...best, runnersUp: others };
}

function lowered({ score, why }: Scored): Scored {
  return { score: score * 0.75, why };
}

function readingOf(columns: readonly KindColumn[], kind: RoleKind): Reading {
  const guesses = guessKindRoles(columns, kind);
  const roles = new Set<KindRole>(guesses.map(({ role }) => role).filter((role) => role !== 'ignore'));
  return {
    roles,
    column: (role) => columns[guesses.findIndex((guess) => guess.role === role)],
    count: (wanted) => wanted.filter((role) => roles.has(role)).length,
    isComplete: missingKindNeeds(kind, roles).length === 0,
  };
}

function scoreOrders(
  roles: ReadonlySet<Role>,
  events: Reading,
  columns: readonly KindColumn[],
  eventScore: number,
): Scored {
  const hasMoney = roles.has('amount') || (roles.has('quantity') && roles.has('unitPrice'));
  const isPriced = hasMoney || roles.has('unitPrice');
  if (!roles.has('orderedAt') || !isPriced) return NOT;
  const action = columns.find((column) => column.eventShare > 0.7);
  if (action !== undefined && eventScore > 0) {
    if (action.purchaseShare >= MOSTLY) return { score: 0.85, why: ['mostly-purchases', 'purchases-with-price'] };
    return action.purchaseShare > 0 ? { score: 0.45, why: ['purchases-with-price'] } : NOT;
  }
  if (!hasMoney) return NOT;
  const score =
    0.55 +
    (roles.has('customerId') ? 0.2 : 0) +
    (roles.has('orderId') ? 0.15 : 0) +
    (roles.has('productId') || roles.has('quantity') ? 0.08 : 0) -
    (events.roles.has('session') ? 0.2 : 0);
  return { score, why: roles.has('customerId') ? ['order-columns'] : ['order-columns', 'no-customer'] };
}

function scoreEvents(reading: Reading): Scored {
  if (!reading.isComplete) return NOT;
  const known = reading.column('event')?.eventShare ?? 0;
  const isFew = (reading.column('event')?.distinct ?? Number.POSITIVE_INFINITY) <= 500;
  if (!isFew && !reading.roles.has('page')) return NOT;
  const score =
    0.4 +
    0.3 * known +
    (reading.roles.has('session') ? 0.15 : 0) +
    0.05 * reading.count(['page', 'campaign', 'duration', 'device', 'openid', 'productId', 'channel']);
  return { score, why: known > 0.5 ? ['event-names', 'event-column'] : ['event-column'] };
}

function scoreFeedback(reading: Reading): Scored {
  if (!reading.isComplete) return NOT;
  const score = reading.column('score');
  const inRange = score !== undefined && score.least >= 0 && score.greatest <= MOST_SCORE && score.distinct <= 21;
  const types = reading.column('feedbackType')?.feedbackTypeShare ?? 0;
  const text = reading.column('text');
  const isText = text !== undefined && text.meanLength >= 6;
  const named = score !== undefined && (inRange || score.greatest <= 100);
  if (!named && types < 0.5 && !isText) return NOT;
  const why: KindReason[] = [];
  if (named) why.push(inRange ? 'score-range' : 'score-column');
  if (types > 0.5) why.push('feedback-types');
  if (isText) why.push('feedback-text');
  const strength = (named ? (inRange ? 0.4 : 0.2) : 0) + (types > 0.5 ? 0.3 : 0) + (isText ? 0.25 : 0);
  return { score: 0.25 + strength + 0.05 * reading.count(['orderId', 'resolvedAt', 'topic', 'status']), why };
}

const PROFILE_ROLES: readonly KindRole[] = [
  'name',
  'gender',
  'birthday',
  'age',
  'city',
  'province',
  'level',
  'points',
  'balance',
  'registeredAt',
  'registrationChannel',
  'occupation',
  'income',
];
/** Roles that no list of orders or answers has. */
const OWN_PROFILE_ROLES: readonly KindRole[] = [
  'gender',
  'birthday',
  'age',
  'level',
  'points',
  'balance',
  'registeredAt',
];

function scoreMembers(reading: Reading, orderRoles: ReadonlySet<Role>, events: Reading): Scored {
  if (!reading.isComplete || reading.count(OWN_PROFILE_ROLES) === 0) return NOT;
  const ids = ID_ROLES.map((role) => reading.column(role)).filter((column) => column !== undefined);
  const isUnique = ids.some((column) => column.uniqueShare > 0.95);
  const why: KindReason[] = isUnique ? ['person-unique', 'profile-columns'] : ['profile-columns'];
  const others =
    (orderRoles.has('orderId') && orderRoles.has('amount') ? 0.3 : 0) +
    (events.isComplete && events.roles.has('session') ? 0.3 : 0);
  return {
    score: 0.3 + (isUnique ? 0.25 : 0) + 0.09 * Math.min(5, reading.count(PROFILE_ROLES)) - others,
    why,
  };
}

function scoreOrderLines(reading: Reading, columns: readonly KindColumn[]): Scored {
  const order = reading.column('orderId');
  if (!reading.isComplete || order === undefined || columns.some((column) => column.type === 'time')) return NOT;
  if (columns.some((column) => column.periodShare > 0.8)) return NOT;
  const product = reading.count(['productId', 'productName']) > 0;
  const score =
    0.35 +
    (product ? 0.2 : 0) +
    (order.uniqueShare < 0.9 ? 0.15 : 0) +
    0.1 * Math.min(3, reading.count(['quantity', 'unitPrice', 'amount', 'category']));
  return { score, why: ['lines-without-time'] };
}

const PRODUCT_ROLES: readonly KindRole[] = [
  'productName',
  'category',
  'subcategory',
  'brand',
  'listPrice',
  'cost',
  'season',
  'launchedAt',
];

function scoreProducts(reading: Reading, columns: readonly KindColumn[]): Scored {
  const product = reading.column('productId');
  const facts = reading.count(PRODUCT_ROLES);
  if (product === undefined || facts < 2 || product.uniqueShare < 0.9) return NOT;
  const times = columns.filter((column) => column.type === 'time').length;
  if (times > (reading.roles.has('launchedAt') ? 1 : 0)) return NOT;
  return { score: 0.4 + 0.12 * Math.min(4, facts), why: ['product-unique', 'product-columns'] };
}

/** A calendar or an index: few rows a day, and nobody in them. */
function scoreSeries(reading: Reading, events: Reading, columns: readonly KindColumn[]): Scored {
  const date = reading.column('date');
  if (!reading.isComplete || date === undefined || events.count(ID_ROLES) > 0) return NOT;
  const isNamed = reading.roles.has('seriesName');
  const numbers = columns.filter((column) => column.type === 'number').length;
  const others = columns.length - numbers - (isNamed ? 1 : 0) - 1;
  if (others > 3) return NOT;
  const score =
    0.5 +
    (date.uniqueShare > 0.9 ? 0.2 : 0) +
    (reading.roles.has('endsAt') ? 0.2 : 0) +
    (others <= 1 ? 0.15 : -0.1 * (others - 1));
  return { score, why: [isNamed ? 'named-values-by-date' : 'numbers-by-date'] };
}
