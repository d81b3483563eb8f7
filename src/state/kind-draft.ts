import type { FilePreview, NumberFormat, TimeFormat } from '../ingest/file-preview';
import { describeKindColumns, type KindColumn } from '../ingest/kinds/kind-column';
import type { FeedbackType, KindColumnMapping, KindMapping } from '../ingest/kinds/kind-mapping';
import { guessFeedbackType, guessKindRoles } from '../ingest/kinds/kind-roles';
import {
  mayRepeat,
  missingKindNeeds,
  valueTypeOf,
  type KindNeed,
  type KindRole,
  type RoleKind,
} from '../ingest/kinds/kinds';

/** The meaning of the columns of a file that holds no orders, while a person edits it. */
export interface KindDraft {
  readonly kind: RoleKind;
  readonly columns: readonly KindColumnMapping[];
  readonly feedbackType: FeedbackType | null;
}

/** What recognising a kind needs of a preview. */
export function kindColumnsOf(preview: FilePreview): readonly KindColumn[] {
  return describeKindColumns(preview.columns, preview.rows, preview.sampledRows, preview.dialect.hasHeader);
}

/** The draft as the guesses give it. */
export function kindDraftFromGuess(preview: FilePreview, kind: RoleKind): KindDraft {
  const described = kindColumnsOf(preview);
  const guesses = guessKindRoles(described, kind);
  const columns = preview.columns.map((column, index) =>
    formatted(guesses[index]?.role ?? 'ignore', column.timeFormat, column.numberFormat),
  );
  return { kind, columns, feedbackType: kind === 'feedback' ? guessFeedbackType(described, guesses) : null };
}

/** Gives the column a role; where a role stands once, whoever had it is left out from then on. */
export function withKindRole(draft: KindDraft, column: number, role: KindRole): KindDraft {
  const isTaken = (other: KindColumnMapping): boolean => other.role === role && !mayRepeat(draft.kind, role);
  return {
    ...draft,
    columns: draft.columns.map((each, index) => {
      if (index === column) return formatted(role, each.timeFormat, each.numberFormat);
      return isTaken(each) ? { ...each, role: 'ignore' } : each;
    }),
  };
}

export function withKindFormat(
  draft: KindDraft,
  column: number,
  format: { readonly timeFormat: TimeFormat } | { readonly numberFormat: NumberFormat },
): KindDraft {
  return { ...draft, columns: draft.columns.map((each, index) => (index === column ? { ...each, ...format } : each)) };
}

/** What the kind needs and the columns do not give. */
export function missingOf(draft: KindDraft): readonly KindNeed[] {
  return missingKindNeeds(
    draft.kind,
    draft.columns.map((column) => column.role),
  );
}

export function toKindMapping(draft: KindDraft, preview: FilePreview, zoneOffsetMinutes: number): KindMapping {
  const { kind, columns, feedbackType } = draft;
  return { kind, dialect: preview.dialect, columns, zoneOffsetMinutes, feedbackType };
}

/** A role asks for a format of its kind; where the values suggested none, the most common one stands. */
function formatted(
  role: KindRole,
  timeFormat: TimeFormat | null,
  numberFormat: NumberFormat | null,
): KindColumnMapping {
  const type = role === 'ignore' ? null : valueTypeOf(role);
  return {
    role,
    timeFormat: type === 'time' ? (timeFormat ?? 'ymd') : timeFormat,
    numberFormat: type === 'number' ? (numberFormat ?? 'point') : numberFormat,
  };
}
