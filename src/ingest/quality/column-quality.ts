import type { PersonalKind } from '../../core/personal-kinds';
import type { NumberFormat, TimeFormat } from '../file-preview';
import type { ColumnMeaning } from './column-meanings';

/** A column of a staged or cleaned table, with what the preview knows of it; null where nobody said. */
export interface QualityColumn {
  /** Its place: the column c<index> of the table. */
  readonly index: number;
  readonly name: string;
  /** The role it has in its kind of file, `ignore` among them. */
  readonly role: string | null;
  readonly type: 'text' | 'number' | 'time' | 'empty' | null;
  readonly numberFormat: NumberFormat | null;
  readonly timeFormat: TimeFormat | null;
}

/** A table to be judged: source_row and the columns. */
export interface QualityTable {
  /** `source_<n>` or `cleaned_<n>`. */
  readonly table: string;
  /** `ragged_<n>`, or null where rows of another width are not known. */
  readonly ragged: string | null;
  readonly columns: readonly QualityColumn[];
  /** Minutes east of UTC of the dataset's wall clock. */
  readonly zoneOffsetMinutes: number;
}

export type CellType = 'text' | 'number' | 'time' | 'boolean' | 'empty';

/** A value as written and the cells that hold it. */
export interface ValueCount {
  readonly value: string;
  readonly cells: number;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Numbers as they are, times as wall-clock epoch milliseconds. Quartiles interpolate as type 7 of Hyndman and Fan. */
export interface MeasureFacts {
  readonly cells: number;
  readonly distinct: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** Of a sample, n - 1; NaN for a single cell. */
  readonly deviation: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly isWhole: boolean;
  readonly bins: readonly Bin[];
  /** The same on a logarithmic scale; null where the values are not skewed or some are negative. */
  readonly logBins: readonly Bin[] | null;
  /** Null where more than half of the cells are alike, so that no distance is unusual. */
  readonly outliers: Outliers | null;
}

/** Cells far from the rest: beyond 1.5 and 3 interquartile ranges (Tukey), and by the robust z-score (Iglewicz and Hoaglin). */
export interface Outliers {
  readonly lowFence: number;
  readonly highFence: number;
  readonly low: number;
  readonly high: number;
  /** Of low and high, those beyond 3 interquartile ranges. */
  readonly extreme: number;
  /** Cells with 0.6745 |x - median| / MAD over 3.5; null where the MAD is 0. */
  readonly byRobustZ: number | null;
}

/** What a value looks like, for values that stand alone. `digits` are digits of no known form. */
export type ValueForm = PersonalKind | 'url' | 'date' | 'digits' | 'number' | 'word' | 'mixed';

export interface FormCount {
  readonly form: ValueForm;
  readonly cells: number;
  /** Of the cells looked at, 0..1. */
  readonly share: number;
}

/** A shape such as 999-9999 or A99 and the cells that have it. */
export interface ShapeCount {
  readonly shape: string;
  readonly cells: number;
}

export interface Spellings {
  /** Distinct values that fall together with another once blanks, width and case are folded. */
  readonly values: number;
  /** How many distinct values fewer there would be. */
  readonly surplus: number;
  readonly cells: number;
  /** Up to five groups, the most frequent spelling first. */
  readonly groups: readonly (readonly ValueCount[])[];
}

export type ColumnWarning =
  | 'empty'
  | 'gaps'
  | 'constant'
  | 'near-unique'
  | 'mixed-types'
  | 'stand-ins'
  | 'spellings'
  | 'blanks'
  | 'full-width'
  | 'outliers'
  | 'skewed'
  | 'bad-checksum'
  | 'personal';

/** Everything the card of a column shows. Shares are 0..1. */
export interface ColumnQuality {
  readonly index: number;
  readonly name: string;
  readonly meaning: ColumnMeaning | null;
  readonly type: CellType;
  /** How its numbers or times were read. */
  readonly numberFormat: NumberFormat;
  readonly timeFormat: TimeFormat;
  readonly rows: number;
  readonly gaps: number;
  readonly distinct: number;
  /** Filled cells that read as the type; 1 for text. */
  readonly parsedShare: number;
  /** The ten most frequent values. */
  readonly top: readonly ValueCount[];
  /** Characters of the filled cells; null for an empty column. */
  readonly lengths: { readonly least: number; readonly most: number; readonly mean: number } | null;
  readonly measure: MeasureFacts | null;
  /** The forms of the values, the most frequent first. */
  readonly forms: readonly FormCount[];
  /** True when the forms and shapes are those of a sample of the different values. */
  readonly isFormSampled: boolean;
  readonly shapes: readonly ShapeCount[];
  /** Values that do not read as the type: up to five, and the cells of all. */
  readonly odd: { readonly cells: number; readonly values: readonly ValueCount[] };
  /** Values that stand in for a missing one: 无, null, -1, 9999, 1900-01-01. */
  readonly standIns: readonly ValueCount[];
  readonly spellings: Spellings;
  /** Cells with blanks around the value, and cells with full-width letters or digits. */
  readonly blankEdged: number;
  readonly fullWidth: number;
  /** Resident numbers whose check character is wrong, of those looked at. */
  readonly badChecksums: number;
  /** The cells are to be masked on the screen. */
  readonly isPersonal: boolean;
  readonly warnings: readonly ColumnWarning[];
}

/** The table with the types and formats that its profile settled, for the rules. */
export function settled(table: QualityTable, profiles: readonly ColumnQuality[]): QualityTable {
  const columns = table.columns.map((column): QualityColumn => {
    const profile = profiles.find(({ index }) => index === column.index);
    if (profile === undefined) return column;
    const { numberFormat, timeFormat } = profile;
    return { ...column, type: profile.type === 'boolean' ? 'text' : profile.type, numberFormat, timeFormat };
  });
  return { ...table, columns };
}
