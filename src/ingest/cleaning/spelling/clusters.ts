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

interface Form {
  readonly value: ValueCount;
  readonly plain: string;
  readonly place: string | null;
  readonly thing: number | undefined;
  readonly sound: string | null;
  readonly digits: string;
}

/**
 * Groups spellings around the most frequent one of each group. A value joins one group at most, and only
 * by its likeness to the target, so no chain of small steps joins what is far apart.
 *
 * @param pinyinOf given, a name in letters joins the Chinese one of the same sound
 *
 * Cost: each value against each target; a few hundred thousand comparisons for a thousand values.
 */
export function spellingClusters(values: readonly ValueCount[], pinyinOf?: PinyinOf): readonly SpellingCluster[] {
  const ordered = values.toSorted((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  const plains = new Set(ordered.map(({ text }) => plainForm(text)));
  const groups: { readonly target: Form; readonly variants: SpellingVariant[] }[] = [];
  for (const value of ordered) {
    const form = formOf(value, plains, pinyinOf);
    const match = groups.map(({ target }) => reasonFor(form, target)).findIndex((reason) => reason !== null);
    const group = groups[match];
    const reason = group === undefined ? null : reasonFor(form, group.target);
    if (group === undefined || reason === null) groups.push({ target: form, variants: [] });
    else group.variants.push({ ...value, reason });
  }
  return groups
    .filter(({ variants }) => variants.length > 0)
    .map(({ target, variants }) => ({ target: target.value, variants }));
}

function formOf(value: ValueCount, plains: ReadonlySet<string>, pinyinOf: PinyinOf | undefined): Form {
  const plain = plainForm(value.text);
  return {
    value,
    plain,
    place: placeForm(plain, plains),
    thing: knownThing(plain),
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

function reasonFor(form: Form, target: Form): SpellingReason | null {
  if (form.plain === '' || target.plain === '') return null;
  if (form.plain === target.plain) return 'form';
  if (form.place !== null && form.place === target.place) return 'place';
  if (form.thing !== undefined && form.thing === target.thing) return 'known';
  if (isSameSound(form, target)) return 'pinyin';
  return isSimilar(form, target) ? 'similar' : null;
}

/** One of them is written in letters: two Chinese names of one sound are two names. */
function isSameSound(form: Form, target: Form): boolean {
  const isLatin = form.sound === form.plain || target.sound === target.plain;
  return isLatin && form.sound !== null && form.sound === target.sound;
}

function isSimilar(form: Form, target: Form): boolean {
  if (form.digits !== target.digits) return false;
  if (form.value.rows > RARER_SHARE * target.value.rows) return false;
  const shorter = Math.min([...form.plain].length, [...target.plain].length);
  return shorter >= SHORTEST_SIMILAR && similarity(form.plain, target.plain, LEAST_SIMILARITY) >= LEAST_SIMILARITY;
}
