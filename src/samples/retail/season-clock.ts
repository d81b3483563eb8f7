/**
 * A clock that runs faster when people buy more. A process that is Poisson with a constant rate on
 * this clock has, on the calendar, that rate times the day's demand (random time change).
 */
export interface SeasonClock {
  /** Season time at a calendar time, both in days from the window's start. */
  toSeason(day: number): number;
  /** Calendar time at a season time; the window's days from its end on. */
  toCalendar(season: number): number;
}

/** The clock of the days' demands, scaled so that the whole window has the same length on both. */
export function createSeasonClock(demand: Float64Array): SeasonClock {
  const days = demand.length;
  const total = demand.reduce((sum, value) => sum + value, 0);
  const elapsed = new Float64Array(days + 1);
  for (let day = 0; day < days; day++) elapsed[day + 1] = (elapsed[day] ?? 0) + ((demand[day] ?? 0) * days) / total;
  const at = (day: number): number => elapsed[day] ?? days;
  return {
    toSeason(day) {
      const whole = Math.min(days - 1, Math.floor(day));
      return at(whole) + (day - whole) * (at(whole + 1) - at(whole));
    },
    toCalendar(season) {
      if (season >= at(days)) return days;
      let low = 0;
      let high = days - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (at(middle) <= season) low = middle;
        else high = middle - 1;
      }
      return low + (season - at(low)) / (at(low + 1) - at(low));
    },
  };
}
