import { isResidentNumber } from '../../core/check-digits';
import { personalKindOf, type PersonalKind } from '../../core/personal-kinds';
import { findPersonalSpans } from '../../core/personal-spans';
import { startsWithSurname } from '../../core/surnames';
import type { KindFound } from './kind-found';
import { kindsByName, namesALabel } from './kind-names';

/** A column and the personal kinds found in it, the surest first; none when it holds no personal data. */
export interface PersonalColumn {
  readonly name: string;
  readonly kinds: readonly KindFound[];
  /** Filled cells that were looked at. */
  readonly cells: number;
}

export interface ColumnSample {
  readonly name: string;
  /** What it was said to be, where somebody did. */
  readonly role?: string | null;
  /** Filled cells as they are written. */
  readonly values: readonly string[];
}

/** Kinds whose form is so particular that a few cells prove them; some carry a check digit. */
const SURE: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'email',
  'id-card',
  'mobile',
  'phone',
  'ip',
  'device',
  'plate',
  'address',
  'wechat',
]);
/** Of a sure kind this many cells count, for one alone may be a slip of the pen. */
const FEWEST_CELLS = 2;
const SURE_SHARE = 0.01;
/** One in ten numbers passes a check of one digit, and many words look like a name. */
const UNSURE_SHARE = 0.5;
/** Half of all goods begin with a character that is also a surname; of names nine in ten do. */
const NAMES_SHARE = 0.7;
/** A name of a column is believed against its values when at least so many cells are of the kind. */
const NAMED_SHARE = 0.1;
const TEXT_SHARE = 0.002;
/** Cells shorter than this on average are labels and codes, not writing. */
const TEXT_LENGTH = 8;

/** The kinds that a column of a role holds, whatever its name and values look like; the first where none shows. */
const ROLE_KINDS: ReadonlyMap<string, readonly PersonalKind[]> = new Map<string, readonly PersonalKind[]>([
  ['customerId', ['id']],
  ['customer', ['id']],
  ['member', ['id']],
  ['phone', ['phone', 'mobile']],
  ['openid', ['wechat']],
  ['unionid', ['wechat']],
  ['email', ['email']],
  ['device', ['device']],
  ['id-card', ['id-card', 'hong-kong-id', 'taiwan-id', 'passport']],
  ['name', ['latin-name', 'chinese-name']],
  ['birthday', ['birthday']],
]);

/**
 * The personal data in a column, judged by its role, its name and a sample of its cells. Chinese names are told from
 * other words by the surname and by how seldom a value comes again; Latin names, which no pattern tells from
 * other words, only where the column's name says so. Cost: a few patterns a cell.
 */
export function findPersonalData({ name, role = null, values }: ColumnSample): PersonalColumn {
  const cells = values.map((value) => value.trim()).filter((value) => value !== '');
  const named = kindsByName(name);
  const counts = countKinds(cells, namesALabel(name));
  const found = new Map<PersonalKind, KindFound>();
  for (const [kind, count] of counts) {
    const share = count / cells.length;
    const weight = named.find((said) => said.kind === kind)?.weight ?? 0;
    if (isBelieved(kind, count, share, weight)) found.set(kind, describe(kind, share, weight));
  }
  for (const { kind, weight } of named) {
    if (found.has(kind) || !isPlausible(kind, cells)) continue;
    const share =
      kind === 'birthday' || kind === 'id'
        ? Math.min(1, cells.length)
        : (counts.get(kind) ?? 0) / Math.max(1, cells.length);
    if (found.size === 0 || kind === 'birthday') found.set(kind, describe(kind, share, weight));
  }
  const said = ROLE_KINDS.get(role ?? '') ?? [];
  const [first] = said;
  if (first !== undefined && !said.some((kind) => found.has(kind)))
    found.set(first, { kind: first, share: 1, confidence: 1, evidence: 'role' });
  const kinds = [...found.values()].toSorted((a, b) => b.confidence - a.confidence || b.share - a.share);
  return { name, kinds, cells: cells.length };
}

function isBelieved(kind: PersonalKind, count: number, share: number, weight: number): boolean {
  if (weight > 0 && share >= NAMED_SHARE) return true;
  if (kind === 'text') return share >= TEXT_SHARE;
  if (kind === 'latin-name') return false;
  if (kind === 'chinese-name') return share >= NAMES_SHARE && count >= FEWEST_CELLS;
  if (SURE.has(kind)) return share >= SURE_SHARE && count >= FEWEST_CELLS;
  return share >= UNSURE_SHARE && count >= FEWEST_CELLS;
}

/** A named kind without proof in the values: believed unless the values plainly are something else. */
function isPlausible(kind: PersonalKind, cells: readonly string[]): boolean {
  if (cells.length === 0) return false;
  if (kind === 'birthday') return share(cells, (cell) => /\d/.test(cell) && cell.length >= 4) > UNSURE_SHARE;
  if (kind === 'latin-name' || kind === 'chinese-name')
    return share(cells, (cell) => /^\D+$/u.test(cell)) > UNSURE_SHARE;
  if (kind === 'text') return meanLength(cells) >= TEXT_LENGTH;
  return new Set(cells).size > 1;
}

function describe(kind: PersonalKind, share: number, weight: number): KindFound {
  const strength = SURE.has(kind) ? 1 : 0.8;
  const byValues = strength * Math.min(1, share * 1.25);
  return {
    kind,
    share,
    confidence: 1 - (1 - 0.8 * weight) * (1 - byValues),
    evidence: weight === 0 ? 'values' : byValues < NAMED_SHARE ? 'name' : 'both',
  };
}

function countKinds(cells: readonly string[], isLabel: boolean): ReadonlyMap<PersonalKind, number> {
  const counts = new Map<PersonalKind, number>();
  const count = (kind: PersonalKind): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const isWriting = meanLength(cells) >= TEXT_LENGTH;
  const comeAgain = cells.length / Math.max(1, new Set(cells).size);
  for (const cell of cells) {
    const kind = kindOfCell(cell);
    if (kind === 'chinese-name' && (isLabel || comeAgain > MOST_NAMESAKES || !startsWithSurname(cell))) continue;
    if (kind !== 'id') count(kind);
    else if (isWriting && /\P{ASCII}|\s/u.test(cell) && findPersonalSpans(cell).length > 0) count('text');
  }
  return counts;
}

/** Above this many cells a value on average, words are labels: cities, categories, levels. */
const MOST_NAMESAKES = 8;

/** The 15 digits of the old identity card have no check, so the region and the date must exist. */
function kindOfCell(cell: string): PersonalKind {
  const kind = personalKindOf(cell);
  if (kind === 'id-card') return isResidentNumber(cell) ? kind : 'id';
  return kind === 'id' && isResidentNumber(cell) ? 'id-card' : kind;
}

function share(cells: readonly string[], test: (cell: string) => boolean): number {
  return cells.filter(test).length / cells.length;
}

function meanLength(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cells.length);
}
