import type { StepAction } from '../../../ingest/cleaning/step';

/** What a step is about, in names that the person knows: the part of its line behind the kind. */
export interface StepSubject {
  /** Columns the step changes or looks at; 'all' for every one, empty for the whole row. */
  readonly columns: readonly string[] | 'all';
  /** What is particular about it, as typed; '' when the columns say it all. */
  readonly detail: string;
  /** A choice of its form, to be said in the reader's words. */
  readonly choice?: string;
}

export function subjectOf(action: StepAction): StepSubject {
  switch (action.do) {
    case 'trim':
    case 'half-width':
    case 'collapse-blanks':
      return { columns: action.columns, detail: '' };
    case 'case':
      return { columns: action.columns, detail: '', choice: action.to };
    case 'replace':
      return { columns: action.columns, detail: `${action.find} → ${action.put}` };
    case 'map-values':
    case 'read-number':
    case 'read-time':
      return { columns: [action.column], detail: '' };
    case 'fill-gaps':
      return { columns: [action.column], detail: '', choice: action.fill.with };
    case 'outliers':
      return { columns: [action.column], detail: '', choice: action.then };
    case 'merge-spellings':
      return { columns: [action.column], detail: action.groups.map(({ to }) => to).join(', ') };
    case 'scale':
      return { columns: [action.column], detail: action.factor === '1' ? '' : `× ${action.factor}` };
    case 'split':
      return { columns: [action.column], detail: `→ ${action.into.join(', ')}` };
    case 'join':
      return { columns: action.columns, detail: `→ ${action.into}` };
    case 'compute':
      return { columns: [action.into], detail: `= ${action.expression}` };
    case 'drop-columns':
      return { columns: action.columns, detail: '' };
    case 'distinct-by':
      return { columns: action.columns, detail: '', choice: action.choose.keep };
    case 'keep-rows':
      return { columns: [], detail: action.expression };
    case 'distinct-rows':
      return { columns: [], detail: '' };
  }
}
