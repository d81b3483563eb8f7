import type { ValueCount } from '../facts';
import { similarity } from './edit-distance';
import { knownThing } from './known-names';

/** Why two spellings are taken for one: the same but for case, width and marks; a place with and without its rank; a known name; the sound; or nearly the same letters. */
export type SpellingReason = 'form' | 'place' | 'known' | 'pinyin' | 'similar';

export interface SpellingVariant extends ValueCount {
  readonly reason: SpellingReason;
}

/** Spellings that may be one thing, with the most frequent as the target. */
export interface SpellingCluster {
  readonly target: ValueCount;
  readonly variants: readonly SpellingVariant[];
}

/** Gives the sound of a Chinese text in small letters without tones or blanks, or null for other texts. */
export type PinyinOf = (text: string) => string | null;

/** Letters that differ in one place of five are still one spelling. */
const LEAST_SIMILARITY = 0.8;
const SHORTEST_SIMILAR = 4;
/** A spelling that is nearly as frequent as the other is rather another thing. */
const RARER_SHARE = 0.5;
const RANK = /(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市)$/u;
const SHORTEST_PLACE = 2;
const HAN = /\p{Script=Han}/u;

interface Form {
  readonly value: ValueCount;
  readonly plain: string;
  readonly place: string | null;
  readonly thing: number | undefined;
  readonly sound: string | null;
  readonly digits: string;
}

/**
 * Groups spellings around the most frequent one of each group; of equally frequent ones around the one in
 * Chinese characters and without blanks at its ends. Likeness of letters counts towards the target alone, so
 * that no chain of small steps joins what is far apart; the other reasons hold towards any of the group.
 *
 * @param pinyinOf given, a name in letters joins the Chinese one of the same sound
 *
 * Cost: each value against each; a million comparisons for a thousand values.
 */
export function spellingClusters(values: readonly ValueCount[], pinyinOf?: PinyinOf): readonly SpellingCluster[] {
  const plains = new Set(values.map(({ text }) => plainForm(text)));
  const groups: { readonly forms: Form[]; readonly target: Form; readonly variants: SpellingVariant[] }[] = [];
  for (const value of values.toSorted(compareTargets)) {
    const form = formOf(value, plains, pinyinOf);
    const reasons = groups.map((group) => reasonFor(form, group.forms, group.target));
    const match = bestMatch(reasons);
    const group = groups[match];
    if (group === undefined) {
      groups.push({ forms: [form], target: form, variants: [] });
      continue;
    }
    group.forms.push(form);
    group.variants.push({ ...value, reason: reasons[match] ?? 'form' });
  }
  return groups
    .filter(({ variants }) => variants.length > 0)
    .map(({ target, variants }) => ({ target: target.value, variants }));
}

/** The order in which spellings are targets. */
function compareTargets(a: ValueCount, b: ValueCount): number {
  const rank = ({ text }: ValueCount): number => (text === text.trim() ? 0 : 2) + (HAN.test(text) ? 0 : 1);
  return b.rows - a.rows || rank(a) - rank(b) || (a.text < b.text ? -1 : 1);
}

/** The first group that it surely belongs to, else the first that it resembles; -1 for none. */
function bestMatch(reasons: readonly (SpellingReason | null)[]): number {
  const sure = reasons.findIndex((reason) => reason !== null && reason !== 'similar');
  return sure >= 0 ? sure : reasons.indexOf('similar');
}

function formOf(value: ValueCount, plains: ReadonlySet<string>, pinyinOf: PinyinOf | undefined): Form {
  const plain = plainForm(value.text);
  const place = placeForm(plain, plains);
  return {
    value,
    plain,
    place,
    thing: knownThing(plain) ?? (place === null ? undefined : knownThing(place)),
    sound: pinyinOf?.(plain) ?? (/^[a-z]+$/.test(plain) ? plain : null),
    digits: plain.replace(/\D+/gu, ' '),
  };
}

/** Small letters and digits alone, of one width. Symbols that tell things apart (+, #) stay. */
function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Z}\p{Cf}\p{Pd}\p{Pc}\p{Po}\p{Ps}\p{Pe}\p{Pi}\p{Pf}]/gu, (mark) =>
      mark === '#' || mark === '%' ? mark : '',
    );
}

/** A place without its rank; with it where the column has the province and the city of that name. */
function placeForm(plain: string, plains: ReadonlySet<string>): string | null {
  const bare = plain.replace(RANK, '');
  if (!/^\p{Script=Han}+$/u.test(bare) || bare.length < SHORTEST_PLACE) return null;
  return plains.has(`${bare}省`) && plains.has(`${bare}市`) ? null : bare;
}

function reasonFor(form: Form, others: readonly Form[], target: Form): SpellingReason | null {
  if (form.plain === '') return null;
  if (others.some(({ plain }) => plain === form.plain)) return 'form';
  if (form.place !== null && others.some(({ place }) => place === form.place)) return 'place';
  if (form.thing !== undefined && others.some(({ thing }) => thing === form.thing)) return 'known';
  if (isSameSound(form, others)) return 'pinyin';
  return isSimilar(form, target) ? 'similar' : null;
}

/** A name in letters joins one Chinese name of its sound: two of one sound are two names. */
function isSameSound(form: Form, others: readonly Form[]): boolean {
  const alike = others.filter(({ sound }) => sound !== null && sound === form.sound);
  if (alike.length === 0) return false;
  return form.sound === form.plain || alike.every(({ sound, plain }) => sound === plain);
}

function isSimilar(form: Form, target: Form): boolean {
  if (target.plain === '' || form.digits !== target.digits) return false;
  if (form.value.rows > RARER_SHARE * target.value.rows) return false;
  const shorter = Math.min([...form.plain].length, [...target.plain].length);
  return shorter >= SHORTEST_SIMILAR && similarity(form.plain, target.plain, LEAST_SIMILARITY) >= LEAST_SIMILARITY;
}
