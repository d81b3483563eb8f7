import type { StepKind } from '../../../ingest/cleaning/step';
import { NUMBER_FORMATS, TIME_FORMATS } from '../../../ingest/file-preview';

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
