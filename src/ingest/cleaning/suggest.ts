import { namesAnId, normaliseName } from '../column-names';
import type { NumberFormat, TimeFormat } from '../file-preview';
import { profileTimes, type CellRun } from '../time-profile';
import { numberConverter, scaleConverter, timeConverter } from './converters';
import type { ColumnFacts, TableFacts, ValueCount } from './facts';
import type { Cell } from './plan-scope';
import { spellingClusters, type PinyinOf, type SpellingCluster } from './spelling/clusters';
import type { StepAction } from './step';

/** A step that would help, as it would be added, with what it would change. */
export interface Suggestion {
  readonly action: StepAction;
  /** Cells it would change, or rows it would drop. */
  readonly count: number;
  readonly of: 'cells' | 'rows';
  /** True when rarer values were not looked at, so that it may be more. */
  readonly atLeast: boolean;
  /** Up to three cells as they are and as they would be. */
  readonly examples: readonly (readonly [from: string, to: Cell])[];
  /** Spellings to confirm one by one; null for any other step. */
  readonly clusters: readonly SpellingCluster[] | null;
}

const EXAMPLES = 3;
/** Share of the cells that must read as numbers or times before the column is taken for one. */
const SURE_SHARE = 0.8;
const MOST_SPELLINGS = 1000;
/** A column of many texts, most of them different, is no category. */
const FEW_SPELLINGS = 30;
const CATEGORY_SHARE = 0.5;
const EXACT_DIGITS = 15;
const MULTIPLES = [
  { unit: '万', factor: '10000' },
  { unit: '亿', factor: '100000000' },
] as const;
const ENDS_IN_MULTIPLE = /^[\s\p{Sc}]*[\d.,]+\s*[万亿]$/u;

/**
 * Steps that would change something, those for the whole table first. Nothing is applied: each waits for
 * somebody to add it, and the spellings of a merge to be confirmed one by one.
 */
export function suggestSteps(facts: TableFacts, pinyinOf?: PinyinOf): readonly Suggestion[] {
  return [
    ...textSuggestions(facts),
    ...(facts.duplicates === 0 ? [] : [rowsSuggestion(facts.duplicates)]),
    ...facts.columns.flatMap((column) => columnSuggestions(column, pinyinOf)),
  ];
}

function rowsSuggestion(count: number): Suggestion {
  return { action: { do: 'distinct-rows' }, count, of: 'rows', atLeast: false, examples: [], clusters: null };
}

function textSuggestions({ columns }: TableFacts): readonly Suggestion[] {
  const padded = columns.filter((column) => column.padded > 0);
  const spaced = columns.filter((column) => column.spaced > 0);
  const widened = columns
    .map((column) => ({ column, ...tally(column, (text) => text.normalize('NFKC')) }))
    .filter(({ count }) => count > 0);
  const names = (found: readonly ColumnFacts[]): string[] => found.map(({ column }) => column.name);
  const texts: Suggestion[] = [];
  if (widened.length > 0) {
    texts.push({
      action: { do: 'half-width', columns: names(widened.map(({ column }) => column)) },
      count: sum(widened.map(({ count }) => count)),
      of: 'cells',
      atLeast: widened.some(({ column }) => !isWhole(column)),
      examples: widened.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
      clusters: null,
    });
  }
  if (padded.length > 0)
    texts.push(counted({ do: 'trim', columns: names(padded) }, sum(padded.map((column) => column.padded))));
  if (spaced.length > 0)
    texts.push(counted({ do: 'collapse-blanks', columns: names(spaced) }, sum(spaced.map((column) => column.spaced))));
  return texts;
}

function counted(action: StepAction, count: number): Suggestion {
  return { action, count, of: 'cells', atLeast: false, examples: [], clusters: null };
}

function columnSuggestions(facts: ColumnFacts, pinyinOf: PinyinOf | undefined): readonly Suggestion[] {
  if (facts.filled === 0) return [];
  const reading = readingOf(facts);
  if (reading !== null) return reading.suggestion === null ? [] : [reading.suggestion];
  return spellingSuggestion(facts, pinyinOf);
}

/** The column as numbers or times, with a step where they are not written plainly; null when it holds texts. */
function readingOf(facts: ColumnFacts): { readonly suggestion: Suggestion | null } | null {
  const { name } = facts.column;
  const isId = namesAnId(normaliseName(name)) || looksLikeIds(facts.values);
  const times = profileTimes(cellRun(facts.values), isId ? 'id' : 'none');
  if (times !== null && times.share >= SURE_SHARE) {
    // Which of day and month comes first is a question for a person.
    if (isOrderUnclear(facts.values, times.format)) return { suggestion: null };
    return { suggestion: timeSuggestion(facts, times.format) };
  }
  if (isId) return null;
  const multiples = facts.values.filter(({ text }) => ENDS_IN_MULTIPLE.test(text));
  const format = numberFormatOf(facts, multiples);
  if (format === null) return null;
  if (multiples.length > 0) {
    const action: StepAction = { do: 'scale', column: name, factor: '1', units: [...MULTIPLES] };
    return { suggestion: cellSuggestion(facts, action, scaleConverter('1', MULTIPLES)) };
  }
  const action: StepAction = { do: 'read-number', column: name, format, unreadable: 'keep' };
  const plain = numberConverter(format, 'keep');
  // 5.0 and 5 are both plain: only what no reader would take as it is counts as badly written.
  return { suggestion: cellSuggestion(facts, action, (text) => (isPlainNumber(text) ? text : plain(text))) };
}

/** True when day first and month first read every text. The order of the rows, which may tell, is not known here. */
function isOrderUnclear(values: readonly ValueCount[], format: TimeFormat): boolean {
  if (format !== 'dmy' && format !== 'mdy') return false;
  const [one, other] = (['dmy', 'mdy'] as const).map((order) => {
    const read = timeConverter(order, 0, 'empty');
    return values.filter(({ text }) => read(text) !== null).length;
  });
  return one === other;
}

function timeSuggestion(facts: ColumnFacts, format: TimeFormat): Suggestion | null {
  const action: StepAction = {
    do: 'read-time',
    column: facts.column.name,
    format,
    zoneOffsetMinutes: 0,
    unreadable: 'keep',
  };
  const plain = timeConverter(format, 0, 'keep');
  return cellSuggestion(facts, action, (text) => (isPlainTime(text) ? text : plain(text)));
}

const isPlainNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
const isPlainTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(text);

function numberFormatOf({ values }: ColumnFacts, multiples: readonly ValueCount[]): NumberFormat | null {
  const total = sum(values.map(({ rows }) => rows));
  const others = values.filter((value) => !multiples.includes(value));
  const shareIn = (format: NumberFormat): number => {
    const read = numberConverter(format, 'empty');
    const rows = others.filter(({ text }) => read(text) !== null).map((value) => value.rows);
    return (sum(rows) + sum(multiples.map((value) => value.rows))) / total;
  };
  const point = shareIn('point');
  const comma = shareIn('comma');
  if (Math.max(point, comma) < SURE_SHARE) return null;
  return point >= comma ? 'point' : 'comma';
}

function spellingSuggestion(facts: ColumnFacts, pinyinOf: PinyinOf | undefined): readonly Suggestion[] {
  const most = Math.min(MOST_SPELLINGS, Math.max(FEW_SPELLINGS, CATEGORY_SHARE * facts.filled));
  if (facts.distinct > most) return [];
  const clusters = spellingClusters(facts.values, pinyinOf);
  if (clusters.length === 0) return [];
  const groups = clusters.map(({ target, variants }) => ({ to: target.text, from: variants.map(({ text }) => text) }));
  const examples = clusters.flatMap(({ target, variants }) =>
    variants.slice(0, 1).map(({ text }): [string, Cell] => [text, target.text]),
  );
  return [
    {
      action: { do: 'merge-spellings', column: facts.column.name, groups },
      count: sum(clusters.flatMap(({ variants }) => variants.map(({ rows }) => rows))),
      of: 'cells',
      atLeast: false,
      examples: examples.slice(0, EXAMPLES),
      clusters,
    },
  ];
}

function cellSuggestion(facts: ColumnFacts, action: StepAction, convert: (text: string) => Cell): Suggestion | null {
  const { count, examples } = tally(facts, convert);
  if (count === 0) return null;
  return { action, count, of: 'cells', atLeast: !isWhole(facts), examples, clusters: null };
}

function tally(facts: ColumnFacts, convert: (text: string) => Cell): Pick<Suggestion, 'count' | 'examples'> {
  const examples: [string, Cell][] = [];
  let count = 0;
  for (const { text, rows } of facts.values) {
    const converted = convert(text);
    if (converted === text) continue;
    count += rows;
    if (examples.length < EXAMPLES) examples.push([text, converted]);
  }
  return { count, examples };
}

/** True when every different text of the column was looked at. */
function isWhole(facts: ColumnFacts): boolean {
  return facts.values.length === facts.distinct;
}

/** Padded with zeros, or longer than a number can be held: texts that happen to be digits. */
function looksLikeIds(values: readonly ValueCount[]): boolean {
  return values.some(({ text }) => /^0\d+$/.test(text) || (/^\d+$/.test(text) && text.length > EXACT_DIGITS));
}

function cellRun(values: readonly ValueCount[]): CellRun {
  const encoder = new TextEncoder();
  const cells = values.map(({ text }) => encoder.encode(text));
  const ends = Int32Array.from(cells, () => 0);
  const starts = Int32Array.from(cells, () => 0);
  let size = 0;
  cells.forEach((cell, i) => {
    starts[i] = size;
    size += cell.length;
    ends[i] = size;
  });
  const bytes = new Uint8Array(size);
  cells.forEach((cell, i) => bytes.set(cell, starts[i]));
  return { bytes, starts, ends };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
