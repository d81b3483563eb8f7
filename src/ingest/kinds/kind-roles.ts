import { scoreByNames } from '../column-names';
import type { RoleNames } from '../role-names';
import { FACT_NAMES } from './fact-names';
import type { KindColumn } from './kind-column';
import type { FeedbackType } from './kind-mapping';
import { KIND_SPECS, isPersonRole, valueTypeOf, type KindRole, type RoleKind } from './kinds';
import { PERSON_NAMES } from './person-names';

export interface GuessedKindRole {
  readonly role: KindRole;
  /** 0..1; 0 for `ignore`. */
  readonly confidence: number;
}

type Meaning = Exclude<KindRole, 'ignore'>;

interface Bid {
  readonly column: number;
  readonly role: Meaning;
  readonly score: number;
}

/** Below this a guess would more often have to be undone than kept. */
const LEAST_SCORE = 0.4;
/** Values alone suggest a role, they do not name it. */
const BY_VALUES = 0.6;
const MOST_LABELS = 5000;
/** Names that a counter of rows has as well as an id. */
const BARE_IDS: ReadonlySet<string> = new Set(['id', '编号', '序号', 'no', 'number', 'index']);
const CALENDAR_PARTS: ReadonlySet<string> = new Set(
  'year month quarter week day weekday dayofweek 年 月 季度 周 星期'.split(' '),
);

/**
 * The best role for each column of a file of that kind: the strongest pairs first, each role once (the
 * numbers of a wide series all are values). Names decide and values confirm; where the file has no
 * header, only what values tell is guessed.
 */
export function guessKindRoles(columns: readonly KindColumn[], kind: RoleKind): readonly GuessedKindRole[] {
  const bids = columns.flatMap((column, place) => [
    ...bidsFromName(column, place, kind),
    ...bidsFromValues(column, place, kind),
  ]);
  const guesses: GuessedKindRole[] = columns.map(() => ({ role: 'ignore', confidence: 0 }));
  const given = new Set<KindRole>();
  const allowed = new Set<KindRole>(KIND_SPECS[kind].roles);
  const ranked = bids
    .filter(({ role, score }) => score >= LEAST_SCORE && allowed.has(role))
    .sort((a, b) => b.score - a.score || a.column - b.column);
  for (const { column, role, score } of ranked) {
    if (given.has(role) || guesses[column]?.role !== 'ignore') continue;
    guesses[column] = { role, confidence: Math.min(1, score) };
    given.add(role);
  }
  return kind === 'series' ? withWideValues(columns, guesses) : guesses;
}

function bidsFromName(column: KindColumn, place: number, kind: RoleKind): readonly Bid[] {
  if (column.plainName === '') return [];
  return (KIND_SPECS[kind].roles as readonly Meaning[]).map((role) => {
    const score = scoreByNames(column.plainName, namesOf(role)) * plausibility(role, column, kind);
    return { column: place, role, score };
  });
}

export function namesOf(role: Meaning): RoleNames {
  return isPersonRole(role) ? PERSON_NAMES[role] : FACT_NAMES[role];
}

/** How well the values fit the role that the name suggests, 0..1. */
function plausibility(role: Meaning, column: KindColumn, kind: RoleKind): number {
  if (column.filled === 0) return 0;
  switch (valueTypeOf(role)) {
    case 'time':
      return timeShare(role, column);
    case 'number':
      return column.type === 'number' ? column.parsedShare : 0;
    case 'id':
      return idShare(role, column, kind);
    case 'label':
      if (column.type === 'time' || column.fractionShare > 0.01) return 0;
      return column.distinct <= MOST_LABELS && column.uniqueShare < 0.9 ? 1 : 0.6;
    case 'text':
      return column.type === 'time' ? 0 : column.type === 'number' ? 0.5 : 1;
  }
}

function timeShare(role: Meaning, column: KindColumn): number {
  if (column.type === 'time') return column.parsedShare;
  const isPeriod = role === 'date' || role === 'birthday' || role === 'endsAt';
  return isPeriod && column.periodShare > 0.8 ? 0.95 : 0;
}

function idShare(role: Meaning, column: KindColumn, kind: RoleKind): number {
  if (column.type === 'time' || column.fractionShare > 0.01) return 0;
  if (column.distinct === 1 && column.filled > 20) return 0;
  // Where a row is something that happened, a bare id that never comes again numbers the rows.
  if (BARE_IDS.has(column.plainName) && kind !== 'members' && kind !== 'products' && column.uniqueShare > 0.98)
    return 0;
  if (role === 'name' && column.type === 'number') return 0;
  return isPersonRole(role) ? 0.8 + 0.2 * (column.filled / (column.filled + column.gaps)) : 1;
}

function bidsFromValues(column: KindColumn, place: number, kind: RoleKind): readonly Bid[] {
  const bid = (role: Meaning, likelihood: number): Bid => ({ column: place, role, score: BY_VALUES * likelihood });
  const isUnnamed = column.plainName === '';
  // What stands further left is more likely to be the key.
  const leftness = 1 - place / 50;
  const bids: Bid[] = [];
  if (column.personal === 'mobile') bids.push(bid('phone', 1));
  if (column.personal === 'email') bids.push(bid('email', 1));
  if (column.personal === 'id-card') bids.push(bid('id-card', 1));
  if (kind === 'events') {
    if (column.eventShare > 0.7) bids.push(bid('event', 1.3));
    if (isUnnamed && column.type === 'time') bids.push(bid('occurredAt', column.parsedShare));
    if (isUnnamed && isCode(column)) bids.push(bid('customer', leftness), bid('productId', 0.95 * leftness));
  }
  if (kind === 'feedback' && column.feedbackTypeShare > 0.6) bids.push(bid('feedbackType', 1.4));
  if (kind === 'order-lines' && BARE_IDS.has(column.plainName) && column.uniqueShare < 0.7)
    bids.push(bid('orderId', 0.9));
  if (kind === 'series' && column.type === 'time') bids.push(bid('date', 0.8));
  return bids;
}

function isCode(column: KindColumn): boolean {
  return column.type !== 'time' && column.fractionShare === 0 && column.eventShare < 0.1 && column.distinct > 20;
}

/** Without a column that names the series, each number beside the date is a series of its own. */
function withWideValues(
  columns: readonly KindColumn[],
  guesses: readonly GuessedKindRole[],
): readonly GuessedKindRole[] {
  if (guesses.some(({ role }) => role === 'seriesName')) return guesses;
  return guesses.map((guess, place) => {
    const column = columns[place];
    const isValue = guess.role === 'ignore' && column?.type === 'number' && !CALENDAR_PARTS.has(column.plainName);
    return isValue ? { role: 'value', confidence: 0.7 * column.parsedShare } : guess;
  });
}

const TYPE_HINTS: readonly (readonly [FeedbackType, RegExp])[] = [
  ['nps', /nps|推荐/],
  ['csat', /csat|满意|satisf/],
  ['review', /review|rating|star|评价|评论|星/],
  ['complaint', /complaint|投诉/],
  ['inquiry', /inquiry|question|ticket|咨询|工单/],
];

/** What all rows of a file of feedback are by the name of its score or text; null where a column says it, or none does. */
export function guessFeedbackType(
  columns: readonly KindColumn[],
  guesses: readonly GuessedKindRole[],
): FeedbackType | null {
  if (guesses.some(({ role }) => role === 'feedbackType')) return null;
  for (const wanted of ['score', 'text'] as const) {
    const name = columns[guesses.findIndex(({ role }) => role === wanted)]?.plainName ?? '';
    const hint = TYPE_HINTS.find(([, pattern]) => pattern.test(name));
    if (hint !== undefined) return hint[0];
  }
  return null;
}
