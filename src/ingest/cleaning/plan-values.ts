import { sql } from '../../core/sql';
import type { Cell, PlanScope, StepPlan, Work } from './plan-scope';
import { numberConverter, scaleConverter, timeConverter } from './converters';
import type { ActionOf } from './step';

type ValuesAction = ActionOf<'half-width' | 'map-values' | 'merge-spellings' | 'scale' | 'read-number' | 'read-time'>;

/** Texts that NFKC can change hold something else than printable ASCII and the common ideographs. */
const MAY_BE_WIDE = '[^\\x00-\\x7E\\x{4E00}-\\x{9FFF}]';

/** Steps that look at each different text of a column once. */
export function planValuesStep(action: ValuesAction, scope: PlanScope): StepPlan {
  return scope.plan(worksOf(action, scope));
}

function worksOf(action: ValuesAction, scope: PlanScope): readonly Work[] {
  switch (action.do) {
    case 'half-width': {
      const candidates = sql`regexp_matches(value, ${MAY_BE_WIDE})`;
      const start =
        () =>
        (text: string): Cell =>
          text.normalize('NFKC');
      return scope.keysOf(action.columns).map((column) => ({ is: 'convert', column, candidates, start }));
    }
    case 'map-values': {
      const pairs = action.values.flatMap(({ from, to }): [string, Cell][] =>
        from === null || from === '' ? [] : [[from, to === '' ? null : to]],
      );
      const gap = action.values.find(({ from }) => from === null || from === '')?.to ?? null;
      return [
        { is: 'map', column: scope.key(action.column), pairs, gap: gap === '' ? null : gap, others: action.others },
      ];
    }
    case 'merge-spellings': {
      const pairs = action.groups.flatMap(({ to, from }) => from.map((text): [string, Cell] => [text, to]));
      return [{ is: 'map', column: scope.key(action.column), pairs, gap: null, others: 'keep' }];
    }
    case 'scale':
      return [convert(scope.key(action.column), () => scaleConverter(action.factor, action.units))];
    case 'read-number':
      return [convert(scope.key(action.column), () => numberConverter(action.format, action.unreadable))];
    case 'read-time':
      return [
        convert(scope.key(action.column), () =>
          timeConverter(action.format, action.zoneOffsetMinutes, action.unreadable),
        ),
      ];
  }
}

function convert(column: string, start: () => (text: string) => Cell): Work {
  return { is: 'convert', column, candidates: null, start };
}
