import type { Random } from '../../core/random';
import { AppError } from '../../core/errors';
import { isDay } from '../../core/dates';
import { weighted } from '../distributions';
import type { SampleOptions } from '../sample';
import { createStreams, type Streams } from '../streams';
import { createWindow, demandByDay, FIRST_YEAR, LAST_YEAR, windowDay, type Window } from './calendar';
import { productPicker, type Product } from './catalogue';
import { CUSTOMER_TYPES } from './customer-types';
import { STORES } from './places';
import { createSeasonClock, type SeasonClock } from './season-clock';

export type Topic =
  | 'person'
  | 'visits'
  | 'order'
  | 'profile'
  | 'openid'
  | 'card'
  | 'second-card'
  | 'attempts'
  | 'browsing'
  | 'updates'
  | 'session'
  | 'feedback'
  | 'answer'
  | 'month';

type Draw<T> = (random: Random) => T;

/** What is the same for everyone: the calendar, and one drawing function for each choice. */
export interface Setting {
  readonly options: SampleOptions;
  readonly window: Window;
  readonly streams: Streams<Topic>;
  /** By customer type. */
  readonly clocks: readonly SeasonClock[];
  readonly pickProduct: readonly Draw<Product>[];
  readonly pickChannel: readonly Draw<number>[];
  readonly pickType: Draw<number>;
  readonly pickStore: Draw<number>;
  /** A second of the day, in opening hours. */
  readonly pickSecondOfDay: Draw<number>;
}

export const DAY_SECONDS = 86_400;

/** Weights of the hours from 9 to 22: a hump at noon, a higher one in the evening. */
const HOURS = [2, 4, 5, 7, 6, 4, 4, 5, 6, 8, 10, 11, 9, 5];
const FIRST_HOUR = 9;

/** Throws `invalid-parameter` when a number of customers or an as-of day is not one it can serve. */
export function createSetting(options: SampleOptions): Setting {
  checkOptions(options);
  const window = createWindow(options.asOf);
  const pickHour = weighted(HOURS);
  return {
    options,
    window,
    streams: createStreams(options.seed),
    clocks: CUSTOMER_TYPES.map((type) => createSeasonClock(demandByDay(window, type.seasonSensitivity))),
    pickProduct: CUSTOMER_TYPES.map((type) => productPicker(type.categories)),
    pickChannel: CUSTOMER_TYPES.map((type) => weighted(type.channels)),
    pickType: weighted(CUSTOMER_TYPES.map((type) => type.share)),
    pickStore: weighted(STORES.map((store) => store.weight)),
    pickSecondOfDay: (random) => Math.floor((FIRST_HOUR + pickHour(random) + random()) * 3600),
  };
}

function checkOptions({ customers, asOf }: SampleOptions): void {
  if (!Number.isInteger(customers) || customers < 1_000 || customers > 1_000_000) {
    throw new AppError('invalid-parameter', { field: 'customers', value: customers, needs: '1000..1000000' });
  }
  const year = Number(asOf.slice(0, 4));
  if (!isDay(asOf) || year < FIRST_YEAR || year > LAST_YEAR) {
    throw new AppError('invalid-parameter', {
      field: 'asOf',
      value: asOf,
      needs: `a day in ${FIRST_YEAR}..${LAST_YEAR}`,
    });
  }
}

/** A time of the window as the files write it, `YYYY-MM-DD HH:MM:SS`; `seconds` from its start. */
export function formatTime(window: Window, seconds: number): string {
  const day = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - day * DAY_SECONDS;
  const hour = Math.floor(rest / 3600);
  const minute = Math.floor(rest / 60) % 60;
  return `${windowDay(window, day)} ${PAIRS[hour]}:${PAIRS[minute]}:${PAIRS[rest % 60]}`;
}

const PAIRS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
