import { safeParse } from 'valibot';
import { NUMBER_FORMATS, TIME_FORMATS } from '../../../ingest/file-preview';
import { actionSchema, type StepAction, type StepKind } from '../../../ingest/cleaning/step';

/** The kinds of steps in the order of the menu. */
export const KIND_GROUPS = {
  texts: ['trim', 'half-width', 'collapse-blanks', 'case', 'replace', 'map-values', 'merge-spellings'],
  values: ['read-number', 'read-time', 'scale', 'fill-gaps', 'outliers'],
  rows: ['distinct-rows', 'distinct-by', 'keep-rows'],
  columns: ['compute', 'split', 'join', 'drop-columns'],
} as const satisfies Readonly<Record<string, readonly StepKind[]>>;

export type KindGroup = keyof typeof KIND_GROUPS;

export type TextField =
  | 'column'
  | 'letters'
  | 'find'
  | 'put'
  | 'as'
  | 'values'
  | 'others'
  | 'groups'
  | 'factor'
  | 'units'
  | 'numberFormat'
  | 'timeFormat'
  | 'zoneHours'
  | 'unreadable'
  | 'fillWith'
  | 'value'
  | 'order'
  | 'boundsBy'
  | 'low'
  | 'high'
  | 'lowShare'
  | 'highShare'
  | 'fences'
  | 'then'
  | 'flag'
  | 'at'
  | 'into'
  | 'name'
  | 'between'
  | 'keep'
  | 'expression'
  | 'choose'
  | 'of';
export type ListField = 'columns' | 'by';

/** A step as its form holds it: everything as typed, also what is not finished. */
export interface StepDraft {
  readonly kind: StepKind;
  readonly texts: Readonly<Record<TextField, string>>;
  readonly lists: Readonly<Record<ListField, readonly string[]>>;
}

/** A field of the form. `lines` is a longer text, `optional-column` may stay empty. */
export type FieldSpec =
  | { readonly input: 'columns'; readonly field: ListField; readonly mayBeAll: boolean }
  | { readonly input: 'choice'; readonly field: TextField; readonly choices: readonly string[] }
  | {
      readonly input: 'text' | 'lines' | 'expression' | 'toggle' | 'column' | 'optional-column';
      readonly field: TextField;
    };

const EMPTY_TEXTS: Readonly<Record<TextField, string>> = {
  column: '',
  letters: 'upper',
  find: '',
  put: '',
  as: 'text',
  values: '',
  others: 'keep',
  groups: '',
  factor: '1',
  units: '万 => 10000\n亿 => 100000000',
  numberFormat: 'point',
  timeFormat: 'ymd',
  zoneHours: '8',
  unreadable: 'keep',
  fillWith: 'value',
  value: '',
  order: '',
  boundsBy: 'iqr',
  low: '',
  high: '',
  lowShare: '1',
  highShare: '99',
  fences: '1.5',
  then: 'flag',
  flag: '',
  at: '-',
  into: '',
  name: '',
  between: ' ',
  keep: 'true',
  expression: '',
  choose: 'first',
  of: '',
};

/** A new step of a kind, with the first column where one is needed. */
export function emptyDraft(kind: StepKind, firstColumn: string): StepDraft {
  return { kind, texts: { ...EMPTY_TEXTS, column: firstColumn, of: firstColumn }, lists: { columns: [], by: [] } };
}

const text = (field: TextField): FieldSpec => ({ input: 'text', field });
const lines = (field: TextField): FieldSpec => ({ input: 'lines', field });
const column = (field: TextField): FieldSpec => ({ input: 'column', field });
const toggle = (field: TextField): FieldSpec => ({ input: 'toggle', field });
const choice = (field: TextField, choices: readonly string[]): FieldSpec => ({ input: 'choice', field, choices });
const columns = (field: ListField, mayBeAll = false): FieldSpec => ({ input: 'columns', field, mayBeAll });
const expression: FieldSpec = { input: 'expression', field: 'expression' };
const unreadable = choice('unreadable', ['keep', 'empty']);

/** The fields that the draft needs, in their order; some depend on what has been chosen in others. */
export function fieldsOf({ kind, texts }: StepDraft): readonly FieldSpec[] {
  switch (kind) {
    case 'trim':
    case 'half-width':
    case 'collapse-blanks':
      return [columns('columns', true)];
    case 'case':
      return [columns('columns', true), choice('letters', ['upper', 'lower', 'title'])];
    case 'replace':
      return [columns('columns', true), text('find'), text('put'), choice('as', ['text', 'pattern'])];
    case 'map-values':
      return [column('column'), lines('values'), choice('others', ['keep', 'empty'])];
    case 'merge-spellings':
      return [column('column'), lines('groups')];
    case 'scale':
      return [column('column'), text('factor'), lines('units')];
    case 'read-number':
      return [column('column'), choice('numberFormat', NUMBER_FORMATS), unreadable];
    case 'read-time':
      return [column('column'), choice('timeFormat', TIME_FORMATS), text('zoneHours'), unreadable];
    case 'fill-gaps':
      return [
        column('column'),
        choice('fillWith', ['value', 'median', 'mode', 'previous', 'drop-row', 'nothing']),
        ...fillFields(texts.fillWith),
      ];
    case 'outliers':
      return [
        column('column'),
        choice('boundsBy', ['iqr', 'quantile', 'value']),
        ...boundsFields(texts.boundsBy),
        choice('then', ['flag', 'clip', 'empty', 'drop-row']),
        ...(texts.then === 'flag' ? [text('flag')] : []),
      ];
    case 'split':
      return [column('column'), text('at'), lines('into'), toggle('keep')];
    case 'join':
      return [columns('columns'), text('between'), text('name'), toggle('keep')];
    case 'compute':
      return [text('name'), expression];
    case 'drop-columns':
      return [columns('columns')];
    case 'keep-rows':
      return [expression];
    case 'distinct-rows':
      return [];
    case 'distinct-by':
      return [
        columns('columns'),
        choice('choose', ['first', 'last', 'fullest', 'largest', 'smallest']),
        ...(texts.choose === 'largest' || texts.choose === 'smallest' ? [column('of')] : []),
      ];
  }
}

function fillFields(fillWith: string): readonly FieldSpec[] {
  switch (fillWith) {
    case 'value':
      return [text('value')];
    case 'median':
    case 'mode':
      return [columns('by')];
    case 'previous':
      return [columns('by'), { input: 'optional-column', field: 'order' }];
    default:
      return [];
  }
}

function boundsFields(by: string): readonly FieldSpec[] {
  switch (by) {
    case 'iqr':
      return [text('fences')];
    case 'quantile':
      return [text('lowShare'), text('highShare')];
    default:
      return [text('low'), text('high')];
  }
}

/** The step that the draft stands for, or null while something is missing or cannot be read. */
export function actionOf(draft: StepDraft): StepAction | null {
  const parsed = safeParse(actionSchema, candidateOf(draft));
  return parsed.success ? parsed.output : null;
}

function candidateOf({ kind, texts: t, lists }: StepDraft): unknown {
  const chosen = lists.columns.length === 0 ? 'all' : lists.columns;
  switch (kind) {
    case 'trim':
    case 'half-width':
    case 'collapse-blanks':
      return { do: kind, columns: chosen };
    case 'case':
      return { do: kind, columns: chosen, to: t.letters };
    case 'replace':
      return { do: kind, columns: chosen, find: t.find, put: t.put, as: t.as };
    case 'map-values': {
      const values = pairsIn(t.values).map(([from, to]) => ({ from: from || null, to: to || null }));
      return values.length === 0 ? null : { do: kind, column: t.column, values, others: t.others };
    }
    case 'merge-spellings': {
      const groups = pairsIn(t.groups).map(([from, to]) => ({ to, from: partsOf(from) }));
      return groups.length === 0 ? null : { do: kind, column: t.column, groups };
    }
    case 'scale': {
      const units = pairsIn(t.units).map(([unit, factor]) => ({ unit, factor }));
      return { do: kind, column: t.column, factor: t.factor.trim(), units };
    }
    case 'read-number':
      return { do: kind, column: t.column, format: t.numberFormat, unreadable: t.unreadable };
    case 'read-time': {
      const zoneOffsetMinutes = Math.round(numberOf(t.zoneHours) * 60);
      return { do: kind, column: t.column, format: t.timeFormat, zoneOffsetMinutes, unreadable: t.unreadable };
    }
    case 'fill-gaps': {
      const order = t.order || null;
      return { do: kind, column: t.column, fill: { with: t.fillWith, value: t.value, by: lists.by, order } };
    }
    case 'outliers':
      return { do: kind, column: t.column, bounds: boundsOf(t), then: t.then, flag: t.flag.trim() || `${t.column} ?` };
    case 'split':
      return { do: kind, column: t.column, at: t.at, into: linesOf(t.into), keep: t.keep === 'true' };
    case 'join':
      return { do: kind, columns: lists.columns, between: t.between, into: t.name.trim(), keep: t.keep === 'true' };
    case 'compute':
      return { do: kind, into: t.name.trim(), expression: t.expression };
    case 'drop-columns':
      return { do: kind, columns: lists.columns };
    case 'keep-rows':
      return { do: kind, expression: t.expression };
    case 'distinct-rows':
      return { do: kind };
    case 'distinct-by':
      return { do: kind, columns: lists.columns, choose: { keep: t.choose, of: t.of } };
  }
}

function boundsOf(t: StepDraft['texts']): unknown {
  switch (t.boundsBy) {
    case 'iqr':
      return { by: 'iqr', factor: numberOf(t.fences) };
    case 'quantile':
      return { by: 'quantile', low: numberOf(t.lowShare) / 100, high: numberOf(t.highShare) / 100 };
    default:
      return { by: 'value', low: t.low.trim() || null, high: t.high.trim() || null };
  }
}

/** The draft of a step that is there, for its form. */
export function draftOf(action: StepAction): StepDraft {
  const empty = emptyDraft(action.do, '');
  const lists = {
    columns: 'columns' in action && action.columns !== 'all' ? action.columns : [],
    by: action.do === 'fill-gaps' && 'by' in action.fill ? action.fill.by : [],
  };
  const texts = { ...empty.texts, ...('column' in action ? { column: action.column } : {}), ...textsOf(action) };
  return { kind: action.do, texts, lists };
}

function textsOf(action: StepAction): Partial<Record<TextField, string>> {
  switch (action.do) {
    case 'trim':
    case 'half-width':
    case 'collapse-blanks':
    case 'drop-columns':
    case 'distinct-rows':
      return {};
    case 'case':
      return { letters: action.to };
    case 'replace':
      return { find: action.find, put: action.put, as: action.as };
    case 'map-values':
      return {
        values: action.values.map(({ from, to }) => `${from ?? ''} => ${to ?? ''}`).join('\n'),
        others: action.others,
      };
    case 'merge-spellings':
      return { groups: action.groups.map(({ to, from }) => `${from.join(' | ')} => ${to}`).join('\n') };
    case 'scale':
      return {
        factor: action.factor,
        units: action.units.map(({ unit, factor }) => `${unit} => ${factor}`).join('\n'),
      };
    case 'read-number':
      return { numberFormat: action.format, unreadable: action.unreadable };
    case 'read-time':
      return {
        timeFormat: action.format,
        zoneHours: String(action.zoneOffsetMinutes / 60),
        unreadable: action.unreadable,
      };
    case 'fill-gaps': {
      const { fill } = action;
      const value = fill.with === 'value' ? fill.value : '';
      return { fillWith: fill.with, value, order: fill.with === 'previous' ? (fill.order ?? '') : '' };
    }
    case 'outliers':
      return { ...boundsTexts(action.bounds), then: action.then, flag: action.flag };
    case 'split':
      return { at: action.at, into: action.into.join('\n'), keep: String(action.keep) };
    case 'join':
      return { between: action.between, name: action.into, keep: String(action.keep) };
    case 'compute':
      return { name: action.into, expression: action.expression };
    case 'keep-rows':
      return { expression: action.expression };
    case 'distinct-by':
      return { choose: action.choose.keep, of: 'of' in action.choose ? action.choose.of : '' };
  }
}

function boundsTexts(
  bounds: Extract<StepAction, { readonly do: 'outliers' }>['bounds'],
): Partial<Record<TextField, string>> {
  switch (bounds.by) {
    case 'iqr':
      return { boundsBy: 'iqr', fences: String(bounds.factor) };
    case 'quantile':
      return { boundsBy: 'quantile', lowShare: percentText(bounds.low), highShare: percentText(bounds.high) };
    case 'value':
      return { boundsBy: 'value', low: bounds.low ?? '', high: bounds.high ?? '' };
  }
}

/** 0.025 as 2.5, without the digits that a product of doubles leaves behind. */
function percentText(share: number): string {
  return String(Number((share * 100).toFixed(6)));
}

function numberOf(typed: string): number {
  return typed.trim() === '' ? Number.NaN : Number(typed);
}

function linesOf(typed: string): readonly string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function partsOf(typed: string): readonly string[] {
  return typed
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Lines of `from => to`. */
function pairsIn(typed: string): readonly (readonly [string, string])[] {
  return linesOf(typed)
    .filter((line) => line.includes('=>'))
    .map((line): readonly [string, string] => {
      const split = line.lastIndexOf('=>');
      return [line.slice(0, split).trim(), line.slice(split + 2).trim()];
    });
}
