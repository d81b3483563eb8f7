import { dayOf } from '../../core/dates';
import type { Format } from '../../i18n/format';
import type { NumberFormat, TimeFormat } from '../../ingest/file-preview';
import { READ } from '../../ingest/values/cell';
import { NumberReader } from '../../ingest/values/numbers';
import { TimeReader } from '../../ingest/values/times';

/** A written value and how it is understood; `read` is null when it cannot be read that way. */
export interface ReadBack {
  readonly written: string;
  readonly read: string | null;
}

const encoder = new TextEncoder();

/** Times as the import would read them, in the reader's long form: 03/01/2024 as 3 January 2024. */
export function readTimesBack(
  examples: readonly string[],
  format: TimeFormat,
  zoneOffsetMinutes: number,
  f: Format,
): readonly ReadBack[] {
  const reader = new TimeReader(format, zoneOffsetMinutes);
  return examples.map((written) => {
    const bytes = encoder.encode(written);
    if (reader.read(bytes, 0, bytes.length) !== READ) return { written, read: null };
    const day = f.longDay(dayOf(reader.wallMs));
    return { written, read: reader.hasTimeOfDay ? `${day} ${timeOfDay(reader.wallMs)}` : day };
  });
}

/** Numbers as the import would read them: 1.234,50 as 1,234.5. */
export function readNumbersBack(examples: readonly string[], format: NumberFormat, f: Format): readonly ReadBack[] {
  const reader = new NumberReader(format);
  return examples.map((written) => {
    const bytes = encoder.encode(written);
    if (reader.read(bytes, 0, bytes.length) !== READ) return { written, read: null };
    return { written, read: f.decimal(reader.mantissa / 10 ** reader.scale, reader.scale) };
  });
}

/** The examples that differ most in what they would teach: those with the larger days come first. */
export function tellingExamples(examples: readonly string[], format: TimeFormat, other: TimeFormat): readonly string[] {
  const first = new TimeReader(format, 0);
  const second = new TimeReader(other, 0);
  const differs = (text: string): boolean => {
    const bytes = encoder.encode(text);
    first.read(bytes, 0, bytes.length);
    second.read(bytes, 0, bytes.length);
    return first.wallMs !== second.wallMs;
  };
  return [...examples].sort((a, b) => Number(differs(b)) - Number(differs(a)));
}

function timeOfDay(wallMs: number): string {
  const iso = new Date(wallMs).toISOString();
  return iso.slice(-7, -5) === '00' ? iso.slice(-13, -8) : iso.slice(-13, -5);
}
