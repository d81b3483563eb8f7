import { safeParse } from 'valibot';
import { actionSchema, type StepAction, type StepKind } from '../../../ingest/cleaning/step';
import type { StepDraft, TextField } from './step-fields';

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
