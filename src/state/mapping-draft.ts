import type {
  ColumnMapping,
  ColumnPreview,
  Dialect,
  FileMapping,
  FilePreview,
  NumberFormat,
  Role,
  TimeFormat,
} from '../ingest/file-preview';
import { READ } from '../ingest/values/cell';
import { NumberReader } from '../ingest/values/numbers';
import { TimeReader } from '../ingest/values/times';

const encoder = new TextEncoder();

/** The roles whose cells are read as numbers. */
export const NUMBER_ROLES: ReadonlySet<Role> = new Set<Role>(['amount', 'quantity', 'unitPrice', 'refundAmount']);

/** A mapping while a person edits it: the guesses, what was changed by hand, what is still asked. */
export interface MappingDraft {
  readonly columns: readonly ColumnMapping[];
  /** Columns touched by hand; a fresh look at the same file leaves these alone. */
  readonly edited: ReadonlySet<number>;
  /** Columns whose order of day and month has been settled by a person or a remembered mapping. */
  readonly orderSettled: ReadonlySet<number>;
  readonly zoneOffsetMinutes: number;
  /** True while the columns stand as they were remembered from an earlier import. */
  readonly recognised: boolean;
  /** The column that lost its role to another in the last change, for telling so. */
  readonly displaced: { readonly column: number; readonly role: Role } | null;
}

/** The draft as the guesses of the preview give it. */
export function draftFromGuess(preview: FilePreview, zoneOffsetMinutes: number): MappingDraft {
  return {
    columns: preview.columns.map(guessedMapping),
    edited: new Set(),
    orderSettled: new Set(),
    zoneOffsetMinutes,
    recognised: false,
    displaced: null,
  };
}

/**
 * The draft as a remembered mapping gives it, or null when that mapping has another number of
 * columns and so cannot be meant. A column whose values are written otherwise this time keeps its
 * remembered role and takes the guessed format.
 */
export function draftFromMemory(preview: FilePreview, remembered: FileMapping): MappingDraft | null {
  if (remembered.columns.length !== preview.columns.length) return null;
  const columns = preview.columns.map((column, index) => fitted(remembered.columns[index], column));
  const sameTimes = preview.columns.filter(
    (_, index) => columns[index]?.timeFormat === remembered.columns[index]?.timeFormat,
  );
  return {
    columns,
    edited: new Set(),
    orderSettled: new Set(sameTimes.map((column) => column.index)),
    zoneOffsetMinutes: remembered.zoneOffsetMinutes,
    recognised: true,
    displaced: null,
  };
}

/** The draft for a second look at the same file: new guesses, except where a person had decided. */
export function redraft(before: MappingDraft, preview: FilePreview): MappingDraft {
  const fresh = draftFromGuess(preview, before.zoneOffsetMinutes);
  if (before.columns.length !== preview.columns.length) return fresh;
  const kept = new Set<Role>(
    before.columns.filter((_, index) => before.edited.has(index)).map((column) => column.role),
  );
  return {
    ...fresh,
    columns: fresh.columns.map((guess, index) => {
      if (before.edited.has(index)) return before.columns[index] ?? guess;
      return kept.has(guess.role) ? { ...guess, role: 'ignore' } : guess;
    }),
    edited: before.edited,
    orderSettled: before.orderSettled,
  };
}

/** Gives the column a role; whoever had it is left out from then on, so that roles stay unique. */
export function withRole(draft: MappingDraft, preview: FilePreview, column: number, role: Role): MappingDraft {
  const holder =
    role === 'ignore' ? -1 : draft.columns.findIndex((each, index) => each.role === role && index !== column);
  const columns = draft.columns.map((each, index) => {
    if (index === column) return formatted(each, role, preview.columns[index]);
    return index === holder ? { ...each, role: 'ignore' as const } : each;
  });
  return {
    ...draft,
    columns,
    edited: new Set([...draft.edited, column, ...(holder === -1 ? [] : [holder])]),
    recognised: false,
    displaced: holder === -1 ? null : { column: holder, role },
  };
}

/** Sets how the column writes its dates; this also answers the question of their order. */
export function withTimeFormat(draft: MappingDraft, column: number, timeFormat: TimeFormat): MappingDraft {
  return { ...changed(draft, column, { timeFormat }), orderSettled: new Set([...draft.orderSettled, column]) };
}

/** Sets which mark stands before the decimals of the column. */
export function withNumberFormat(draft: MappingDraft, column: number, numberFormat: NumberFormat): MappingDraft {
  return changed(draft, column, { numberFormat });
}

/** Sets the dataset's wall clock, in minutes east of UTC. */
export function withZone(draft: MappingDraft, zoneOffsetMinutes: number): MappingDraft {
  return { ...draft, zoneOffsetMinutes, recognised: false };
}

/** The time column whose order of day and month still has to be asked, or null. */
export function openOrderQuestion(draft: MappingDraft, preview: FilePreview): ColumnPreview | null {
  const asked = preview.columns.find(
    (column, index) =>
      draft.columns[index]?.role === 'orderedAt' && column.timeOrderUnclear && !draft.orderSettled.has(index),
  );
  return asked ?? null;
}

/** The index of the column that has the role, or -1. */
export function columnOf(draft: MappingDraft, role: Role): number {
  return draft.columns.findIndex((column) => column.role === role);
}

/** The finished agreement. */
export function toMapping(draft: MappingDraft, dialect: Dialect): FileMapping {
  return { dialect, columns: draft.columns, zoneOffsetMinutes: draft.zoneOffsetMinutes };
}

/** The remembered meaning of a column, in the guessed format where that reads more of its values. */
function fitted(remembered: ColumnMapping | undefined, column: ColumnPreview): ColumnMapping {
  if (remembered === undefined) return guessedMapping(column);
  const { timeFormat, numberFormat } = remembered;
  const time = (format: TimeFormat | null): number =>
    format === null ? 0 : readable(column.examples, new TimeReader(format, 0));
  const number = (format: NumberFormat | null): number =>
    format === null ? 0 : readable(column.examples, new NumberReader(format));
  return {
    ...remembered,
    timeFormat: timeFormat !== null && time(column.timeFormat) > time(timeFormat) ? column.timeFormat : timeFormat,
    numberFormat:
      numberFormat !== null && number(column.numberFormat) > number(numberFormat) ? column.numberFormat : numberFormat,
  };
}

function readable(examples: readonly string[], reader: TimeReader | NumberReader): number {
  return examples.filter((text) => {
    const bytes = encoder.encode(text);
    return reader.read(bytes, 0, bytes.length) === READ;
  }).length;
}

function guessedMapping(column: ColumnPreview): ColumnMapping {
  return { role: column.role, timeFormat: column.timeFormat, numberFormat: column.numberFormat };
}

/** A role asks for a format of its kind; where the values suggested none, the most common one stands. */
function formatted(before: ColumnMapping, role: Role, column: ColumnPreview | undefined): ColumnMapping {
  return {
    role,
    timeFormat: role === 'orderedAt' ? (before.timeFormat ?? column?.timeFormat ?? 'ymd') : before.timeFormat,
    numberFormat: NUMBER_ROLES.has(role)
      ? (before.numberFormat ?? column?.numberFormat ?? 'point')
      : before.numberFormat,
  };
}

function changed(draft: MappingDraft, column: number, change: Partial<ColumnMapping>): MappingDraft {
  return {
    ...draft,
    columns: draft.columns.map((each, index) => (index === column ? { ...each, ...change } : each)),
    edited: new Set([...draft.edited, column]),
    recognised: false,
    displaced: null,
  };
}
