/** A calendar day in the dataset's zone, `YYYY-MM-DD`. Compares correctly as text. */
export type Day = string;

export const DAY_MS = 86_400_000;

/** The day of a wall-clock time given as epoch milliseconds (the wall clock read as UTC). */
export function dayOf(wallMs: number): Day {
  return new Date(Math.floor(wallMs / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}

/** Midnight at the start of the day, as wall-clock epoch milliseconds. NaN when it is no day. */
export function startOfDay(day: Day): number {
  return isDay(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
}

/** True for a real calendar day written `YYYY-MM-DD` (2023-02-29 is not one). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

export function addDays(day: Day, days: number): Day {
  return dayOf(startOfDay(day) + days * DAY_MS);
}

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((startOfDay(b) - startOfDay(a)) / DAY_MS);
}

/** The same day `months` later, held to the month's last day (31 January + 1 = 28 or 29 February). */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(startOfDay(day));
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, lastDay));
  return dayOf(date.getTime());
}
