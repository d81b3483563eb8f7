import { isResidentNumber } from '../../core/check-digits';
import { personalKindOf } from '../../core/personal-kinds';
import type { FormCount, ShapeCount, ValueCount, ValueForm } from './column-quality';

const URL_FORM = /^(?:https?:\/\/|www\.)\S+$/i;
const DATE_FORM = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?:日|号|[T ]|$)|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?: |$)/;
const DIGITS_FORM = /^\d+$/;
const NUMBER_FORM = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?$/;
const WORD_FORM = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u;
/** Every tenth number has the check digit of a card by chance: below this share of a column it is chance. */
const CHANCE_SHARE = 0.3;
const BY_CHANCE: ReadonlySet<ValueForm> = new Set<ValueForm>([
  'bank-card',
  'device',
  'passport',
  'hong-kong-id',
  'taiwan-id',
]);
/** Shapes are for codes; a sentence has none worth telling. */
const LONGEST_SHAPED = 32;
const MOST_SHAPES = 5;

/** What a value that stands alone looks like. Two to four Chinese characters are a word here, for most such are. */
export function formOf(text: string): ValueForm {
  const value = text.trim();
  if (DATE_FORM.test(value)) return 'date';
  const kind = personalKindOf(value);
  return kind === 'id' || kind === 'chinese-name' || kind === 'latin-name' ? impersonalForm(value) : kind;
}

function impersonalForm(value: string): ValueForm {
  if (URL_FORM.test(value)) return 'url';
  if (DIGITS_FORM.test(value)) return 'digits';
  if (NUMBER_FORM.test(value)) return 'number';
  return WORD_FORM.test(value) ? 'word' : 'mixed';
}

/**
 * The value with a 9 for each digit, A and a for letters, 文 for each Chinese character, other marks as
 * they are: 2024-01-03 is 9999-99-99. '' for a value too long to have a shape worth telling.
 */
export function shapeOf(text: string): string {
  if (text.length > LONGEST_SHAPED) return '';
  return text
    .replaceAll(/\p{Nd}/gu, '9')
    .replaceAll(/\p{Script=Han}/gu, '文')
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/\p{Ll}/gu, 'a');
}

export interface FormsOfValues {
  readonly forms: readonly FormCount[];
  readonly shapes: readonly ShapeCount[];
  /** Cells in the form of a resident number whose check character is wrong. */
  readonly badChecksums: number;
}

/** The forms and shapes of some values, weighed by their cells. */
export function formsOf(values: readonly ValueCount[]): FormsOfValues {
  const formed = values.map(({ value, cells }) => ({ value: value.trim(), cells, form: formOf(value) }));
  const all = formed.reduce((sum, { cells }) => sum + cells, 0);
  const guessed = countBy(formed, ({ form }) => form);
  const isChance = (form: ValueForm): boolean => BY_CHANCE.has(form) && (guessed.get(form) ?? 0) < CHANCE_SHARE * all;
  const forms = countBy(formed, ({ form, value }) => (isChance(form) ? impersonalForm(value) : form));
  const shapes = countBy(formed, ({ value }) => shapeOf(value));
  shapes.delete('');
  const badChecksums = formed.filter(({ form, value }) => form === 'id-card' && !isResidentNumber(value));
  return {
    forms: ranked(forms).map(([form, cells]) => ({ form, cells, share: cells / all })),
    shapes: ranked(shapes)
      .map(([shape, cells]) => ({ shape, cells }))
      .slice(0, MOST_SHAPES),
    badChecksums: badChecksums.reduce((sum, { cells }) => sum + cells, 0),
  };
}

function countBy<T extends { readonly cells: number }, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + item.cells);
  return counts;
}

/** The most frequent first, ties in the order of their names. */
function ranked<K extends string>(counts: ReadonlyMap<K, number>): [K, number][] {
  return [...counts].sort(([a, cellsA], [b, cellsB]) => cellsB - cellsA || (a < b ? -1 : 1));
}
