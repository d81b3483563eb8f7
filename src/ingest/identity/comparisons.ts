import { codePointsOf } from '../../kernels/identity/code-points';
import { damerauLevenshtein } from '../../kernels/identity/damerau-levenshtein';
import { jaroWinkler } from '../../kernels/identity/jaro-winkler';
import { MISSING_LEVEL, type ComparisonChances } from '../../kernels/identity/fellegi-sunter';

/** What is compared of two accounts, in the order of the model's comparisons. */
export const COMPARISONS = ['name', 'phone', 'birthday', 'email', 'city'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** How alike two values are: the names of the levels from 1 on. Level 0 is a value that is missing on a side. */
export const LEVELS = {
  name: ['same', 'sounds-same', 'similar', 'different'],
  phone: ['same', 'one-slip', 'two-slips', 'different'],
  birthday: ['same', 'slip', 'partly', 'different'],
  email: ['same', 'similar', 'different'],
  city: ['same', 'different'],
} as const satisfies Record<Comparison, readonly string[]>;

/** An account as it is compared: normal forms, '' where unknown. */
export interface LinkRecord {
  readonly name: string;
  /** The name's sound in Latin words, alphabetical. */
  readonly sound: string;
  readonly phone: string;
  /** `YYYY-MM-DD` */
  readonly birthday: string;
  readonly email: string;
  readonly city: string;
}

const SIMILAR_NAME = 0.9;

export function compareRecords(a: LinkRecord, b: LinkRecord, into: Uint8Array): void {
  into[0] = nameLevel(a, b);
  into[1] = phoneLevel(a.phone, b.phone);
  into[2] = birthdayLevel(a.birthday, b.birthday);
  into[3] = emailLevel(a.email, b.email);
  into[4] = a.city === '' || b.city === '' ? MISSING_LEVEL : a.city === b.city ? 1 : 2;
}

/** Names that differ in the order of their words or in characters of one sound are nearly the same. */
function nameLevel(a: LinkRecord, b: LinkRecord): number {
  if (a.name === '' || b.name === '') return MISSING_LEVEL;
  if (a.name === b.name) return 1;
  if (a.sound !== '' && a.sound === b.sound) return 2;
  if (a.sound.replaceAll(' ', '') === b.sound.replaceAll(' ', '') && a.sound !== '') return 2;
  if (jaroWinkler(codePointsOf(a.sound), codePointsOf(b.sound)) >= SIMILAR_NAME) return 3;
  return 4;
}

function phoneLevel(a: string, b: string): number {
  if (a === '' || b === '') return MISSING_LEVEL;
  if (digitsApart(a, b) > 4) return 4;
  const slips = damerauLevenshtein(codePointsOf(a), codePointsOf(b), 2);
  return slips === 0 ? 1 : slips === 1 ? 2 : slips === 2 ? 3 : 4;
}

/** How many digits the one has that the other has not, both ways: an edit changes it by two at most. */
function digitsApart(a: string, b: string): number {
  const counts = new Int8Array(10);
  for (let i = 0; i < a.length; i++) counts[a.charCodeAt(i) - 48]!++;
  for (let i = 0; i < b.length; i++) counts[b.charCodeAt(i) - 48]!--;
  let apart = 0;
  for (const count of counts) apart += Math.abs(count);
  return apart;
}

/** A slip is one digit, two digits swapped, or day and month in each other's place; partly is the year or the day of the year. */
function birthdayLevel(a: string, b: string): number {
  if (a === '' || b === '') return MISSING_LEVEL;
  if (a === b) return 1;
  const [year, month, day] = a.split('-');
  if (b === `${year}-${day}-${month}`) return 2;
  const digits = (date: string): Int32Array => codePointsOf(date.replaceAll('-', ''));
  if (damerauLevenshtein(digits(a), digits(b), 1) === 1) return 2;
  return a.slice(0, 4) === b.slice(0, 4) || a.slice(4) === b.slice(4) ? 3 : 4;
}

function emailLevel(a: string, b: string): number {
  if (a === '' || b === '') return MISSING_LEVEL;
  if (a === b) return 1;
  const [first, second] = [localPart(a), localPart(b)];
  if (first === second || damerauLevenshtein(codePointsOf(a), codePointsOf(b), 2) <= 2) return 2;
  return 3;
}

export function localPart(email: string): string {
  return email.slice(0, Math.max(0, email.lastIndexOf('@')));
}

const chances = (m: readonly number[], u: readonly number[]): ComparisonChances => ({
  m: Float64Array.of(1, ...m),
  u: Float64Array.of(1, ...u),
});

/**
 * Where the estimation begins. u is that of pairs which share a block, not of any two people: half of
 * them were brought together by their names, so a name says less here than it would elsewhere.
 */
export const START_CHANCES: Readonly<Record<Comparison, ComparisonChances>> = {
  name: chances([0.8, 0.12, 0.05, 0.03], [0.35, 0.2, 0.1, 0.35]),
  phone: chances([0.6, 0.25, 0.05, 0.1], [0.01, 0.01, 0.02, 0.96]),
  birthday: chances([0.8, 0.12, 0.04, 0.04], [0.04, 0.02, 0.06, 0.88]),
  email: chances([0.75, 0.15, 0.1], [0.01, 0.03, 0.96]),
  city: chances([0.85, 0.15], [0.6, 0.4]),
};

export const START_PRIOR = 0.1;
