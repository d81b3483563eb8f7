import type { CellType, MeasureFacts, ValueCount } from './column-quality';

/**
 * Of the usual stand-ins that a column holds, those that look like one here. A number is suspicious only
 * where the others leave it alone: -1 among numbers that are not negative, 9999 as the largest of all; a
 * day always is. Words always are.
 */
export function suspiciousStandIns(
  found: readonly ValueCount[],
  type: CellType,
  measure: MeasureFacts | null,
): readonly ValueCount[] {
  return found.filter(({ value }) => {
    const number = Number(value);
    if (Number.isNaN(number) || type !== 'number' || measure === null) return !isOrdinary(value, type);
    if (number < 0) return measure.least === number && measure.lowerQuartile >= 0;
    return (
      measure.most === number && number > measure.upperQuartile + 3 * (measure.upperQuartile - measure.lowerQuartile)
    );
  });
}

/** Numbers in a text column, such as a code of 999, say nothing; a telephone of ones does. */
function isOrdinary(value: string, type: CellType): boolean {
  return type === 'text' && /^-?\d{1,7}$/.test(value);
}
