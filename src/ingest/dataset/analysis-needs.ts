import type { FileKind, KindRole } from '../kinds/kinds';
import type { Role } from '../file-preview';

/** The five stages of the app, and the analyses in each, coarsely. */
export const ANALYSES = [
  'identity',
  'rfm',
  'cohorts',
  'tags',
  'drivers',
  'satisfaction',
  'journeys',
  'baskets',
  'lifetime-value',
  'forecast',
  'campaigns',
  'product-design',
] as const;
export type AnalysisId = (typeof ANALYSES)[number];

export const STAGES = ['data', 'describe', 'explain', 'predict', 'act'] as const;
export type Stage = (typeof STAGES)[number];

/** What an analysis cannot do without, or would be better with. */
export const ANALYSIS_NEEDS = [
  'orders',
  'customer',
  'order-number',
  'product',
  'category',
  'channel',
  'second-identity',
  'members',
  'profile',
  'events',
  'event-person',
  'session',
  'feedback',
  'score',
  'feedback-person',
  'campaign',
  'series',
  'cost',
] as const;
export type AnalysisNeed = (typeof ANALYSIS_NEEDS)[number];

export interface AnalysisSpec {
  readonly analysis: AnalysisId;
  readonly stage: Stage;
  readonly needs: readonly AnalysisNeed[];
  readonly gains: readonly AnalysisNeed[];
}

export const ANALYSIS_SPECS: readonly AnalysisSpec[] = [
  { analysis: 'identity', stage: 'data', needs: ['second-identity'], gains: ['members', 'event-person'] },
  { analysis: 'rfm', stage: 'describe', needs: ['orders', 'customer'], gains: ['members', 'order-number'] },
  { analysis: 'cohorts', stage: 'describe', needs: ['orders', 'customer'], gains: ['members', 'channel'] },
  {
    analysis: 'tags',
    stage: 'describe',
    needs: ['orders', 'customer'],
    gains: ['profile', 'category', 'event-person'],
  },
  { analysis: 'baskets', stage: 'describe', needs: ['orders', 'order-number', 'product'], gains: ['category'] },
  { analysis: 'drivers', stage: 'explain', needs: ['orders', 'customer'], gains: ['profile', 'channel', 'series'] },
  { analysis: 'satisfaction', stage: 'explain', needs: ['feedback', 'score'], gains: ['feedback-person', 'orders'] },
  {
    analysis: 'journeys',
    stage: 'explain',
    needs: ['events', 'event-person'],
    gains: ['session', 'orders', 'campaign'],
  },
  { analysis: 'lifetime-value', stage: 'predict', needs: ['orders', 'customer'], gains: ['cost'] },
  { analysis: 'forecast', stage: 'predict', needs: ['orders'], gains: ['series'] },
  {
    analysis: 'campaigns',
    stage: 'act',
    needs: ['orders', 'customer', 'campaign'],
    gains: ['channel', 'event-person'],
  },
  { analysis: 'product-design', stage: 'act', needs: ['orders', 'product'], gains: ['feedback', 'cost', 'profile'] },
];

/** The kind of a file, and the roles its columns have. */
export interface FileRoles {
  readonly kind: FileKind;
  readonly roles: readonly (Role | KindRole)[];
  /** Of a file of orders: how many columns beside the customer's say who ordered. */
  readonly people?: number;
}

export interface AnalysisState {
  readonly analysis: AnalysisId;
  readonly stage: Stage;
  /** What is still needed; empty when the analysis can be made. */
  readonly lacks: readonly AnalysisNeed[];
  /** What would make it better. */
  readonly wants: readonly AnalysisNeed[];
}

/** What each analysis can be made of with these files, and what it still lacks; in the order of the stages. */
export function analysisNeeds(files: readonly FileRoles[]): readonly AnalysisState[] {
  const met = metNeeds(files);
  return ANALYSIS_SPECS.map(({ analysis, stage, needs, gains }) => ({
    analysis,
    stage,
    lacks: needs.filter((need) => !met.has(need)),
    wants: gains.filter((need) => !met.has(need)),
  }));
}

const PERSON: readonly (Role | KindRole)[] = [
  'customer',
  'member',
  'phone',
  'openid',
  'unionid',
  'email',
  'device',
  'id-card',
];
const PROFILE: readonly (Role | KindRole)[] = [
  'gender',
  'age',
  'birthday',
  'city',
  'province',
  'level',
  'occupation',
  'income',
];

function metNeeds(files: readonly FileRoles[]): ReadonlySet<AnalysisNeed> {
  const met = new Set<AnalysisNeed>();
  const meet = (need: AnalysisNeed, isMet: boolean): void => {
    if (isMet) met.add(need);
  };
  const has = (kind: FileKind, ...roles: readonly (Role | KindRole)[]): boolean =>
    files.some((file) => file.kind === kind && (roles.length === 0 || roles.some((role) => file.roles.includes(role))));
  meet('orders', has('orders'));
  meet('customer', has('orders', 'customerId'));
  meet('order-number', has('orders', 'orderId'));
  meet('product', has('orders', 'productId') || has('order-lines', 'productId', 'productName'));
  meet('category', has('orders', 'category') || has('order-lines', 'category') || has('products', 'category'));
  meet('channel', has('orders', 'channel', 'store'));
  meet('members', has('members'));
  meet('profile', has('members', ...PROFILE));
  meet('events', has('events'));
  meet('event-person', has('events', ...PERSON));
  meet('session', has('events', 'session'));
  meet('feedback', has('feedback'));
  meet('score', has('feedback', 'score'));
  meet('feedback-person', has('feedback', ...PERSON) || has('feedback', 'orderId'));
  meet('campaign', has('events', 'campaign') || has('series', 'seriesName'));
  meet('series', has('series'));
  meet('cost', has('products', 'cost'));
  meet('second-identity', countIdentities(files) > 1);
  return met;
}

/** Columns that say who a row is about, over all files: with one alone there is nothing to bring together. */
function countIdentities(files: readonly FileRoles[]): number {
  return files.reduce((count, { roles, people = 0 }) => {
    return count + people + roles.filter((role) => role === 'customerId' || PERSON.includes(role)).length;
  }, 0);
}
