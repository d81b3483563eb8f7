import { nameScore, normaliseName } from './column-names';
import { ROLES, type Role } from './file-preview';
import type { ColumnProfile } from './profile';
import type { Meaning } from './role-names';

export interface GuessedRole {
  readonly role: Role;
  /** 0..1; 0 for `ignore`. */
  readonly confidence: number;
}

interface Bid {
  readonly column: number;
  readonly role: Meaning;
  readonly score: number;
}

const MEANINGS = ROLES.filter((role): role is Meaning => role !== 'ignore');
/** Below this a guess would more often have to be undone than kept. */
const LEAST_SCORE = 0.4;
/** Values alone suggest a role, they do not name it. */
const UNNAMED_WEIGHT = 0.7;

/**
 * The best role for each column, every role given at most once: the strongest pairs of column and
 * role first. Names decide and values confirm; a file without names is judged by its values. A
 * column that nothing speaks for stays `ignore`: a survey is not forced into being a sale.
 *
 * @param names as in the file; null for a file without a header
 */
export function guessRoles(
  names: readonly string[] | null,
  profiles: readonly ColumnProfile[],
): readonly GuessedRole[] {
  const bids = names === null ? bidsFromValues(profiles) : bidsFromNames(names, profiles);
  const guesses: GuessedRole[] = profiles.map(() => ({ role: 'ignore', confidence: 0 }));
  const given = new Set<Role>();
  const ranked = bids
    .filter((bid) => bid.score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || a.column - b.column);
  for (const { column, role, score } of ranked) {
    if (given.has(role) || guesses[column]?.role !== 'ignore') continue;
    guesses[column] = { role, confidence: score };
    given.add(role);
  }
  return guesses;
}

function bidsFromNames(names: readonly string[], profiles: readonly ColumnProfile[]): Bid[] {
  const bids = profiles.flatMap((profile, column) => {
    const name = normaliseName(names[column] ?? '');
    return MEANINGS.map((role) => ({ column, role, score: nameScore(name, role) * plausibility(role, profile) }));
  });
  return [...bids, ...onlyTime(bids, profiles)];
}

/** The single column of times is the time of the order where no name says which column is. */
function onlyTime(bids: readonly Bid[], profiles: readonly ColumnProfile[]): Bid[] {
  const times = profiles.filter((profile) => profile.type === 'time');
  const [time] = times;
  const known = bids.some((bid) => bid.role === 'orderedAt' && bid.score >= LEAST_SCORE);
  return known || times.length !== 1 || time === undefined
    ? []
    : [{ column: time.index, role: 'orderedAt', score: 0.5 }];
}

/** How well the values fit the role that the name suggests, 0..1. */
function plausibility(role: Meaning, profile: ColumnProfile): number {
  const { filled, gaps } = profile;
  if (filled === 0) return 0;
  const filledShare = filled / (filled + gaps);
  switch (role) {
    case 'customerId':
      // A customer of every row alike, or one counted in decimals, is none.
      return profile.type === 'time' || profile.fractionShare > 0.01 || isConstant(profile)
        ? 0
        : 0.8 + 0.2 * filledShare;
    case 'orderedAt':
      // Of two times the one that every row has loses fewer rows.
      return profile.type === 'time' ? profile.parsedShare * (0.9 + 0.1 * filledShare) : 0;
    case 'amount':
      return profile.type === 'number' ? profile.parsedShare * (0.9 + 0.1 * filledShare) : 0;
    case 'unitPrice':
    case 'refundAmount':
      return profile.type === 'number' ? profile.parsedShare : 0;
    case 'quantity':
      return profile.type === 'number' ? profile.parsedShare * (1 - 0.4 * profile.fractionShare) : 0;
    case 'orderId':
      return profile.type === 'time' || profile.fractionShare > 0.01 || isConstant(profile) ? 0 : 1;
    case 'productId':
      return profile.type === 'time' || profile.fractionShare > 0.01 ? 0 : 1;
    case 'category':
    case 'city':
    case 'store':
      return label(profile, 5000);
    case 'channel':
      return label(profile, 200);
    case 'payment':
    case 'status':
      return label(profile, 60);
  }
}

/** A label comes again and again; a column of numbers with decimals or of times is none. */
function label(profile: ColumnProfile, mostValues: number): number {
  if (profile.type === 'time' || profile.fractionShare > 0.01) return 0;
  return profile.distinct <= mostValues ? 1 : 0.3;
}

function isConstant(profile: ColumnProfile): boolean {
  return profile.distinct === 1 && profile.filled > 20;
}

/**
 * Roles from values alone: the first time; the decimals as money; the small whole numbers as pieces;
 * the first column of codes that come again, though not without end, as the customer.
 */
function bidsFromValues(profiles: readonly ColumnProfile[]): Bid[] {
  return profiles.flatMap((profile, column) => {
    // What stands further left is more likely to be the key.
    const leftness = 1 - column / (10 * profiles.length);
    const bid = (role: Meaning, likelihood: number): Bid => ({
      column,
      role,
      score: UNNAMED_WEIGHT * likelihood * leftness,
    });
    return [
      bid('orderedAt', profile.type === 'time' ? profile.parsedShare : 0),
      bid('amount', profile.type === 'number' && profile.fractionShare > 0.05 ? profile.parsedShare : 0),
      bid('quantity', isCountOfPieces(profile) ? 0.9 : 0),
      bid('customerId', isRepeatedCode(profile) ? 1 : 0),
      bid('orderId', isUniqueCode(profile) ? 0.8 : 0),
    ];
  });
}

function isCountOfPieces(profile: ColumnProfile): boolean {
  return (
    profile.type === 'number' && profile.fractionShare < 0.01 && profile.meanAbsolute < 100 && profile.distinct < 200
  );
}

const FEWEST_CUSTOMERS = 20;

/** Codes of which each stands on more than one row on average, and none of which are mere labels. */
function isRepeatedCode(profile: ColumnProfile): boolean {
  if (!isCode(profile)) return false;
  const rowsEach = profile.filled / profile.distinct;
  return profile.distinct >= FEWEST_CUSTOMERS && rowsEach >= 1.05 && rowsEach <= 500;
}

function isUniqueCode(profile: ColumnProfile): boolean {
  return isCode(profile) && profile.distinct >= FEWEST_CUSTOMERS && profile.distinct === profile.filled;
}

function isCode(profile: ColumnProfile): boolean {
  if (profile.type === 'time' || profile.fractionShare > 0) return false;
  return profile.codeShare > 0.95 && !isCountOfPieces(profile);
}
