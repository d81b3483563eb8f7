import type { ValueType } from './typed';

/** Words that are no names of columns unless they stand in double quotes. */
export const KEYWORDS = new Set(
  'and or not is null like in between case when then else end cast as true false select from where with union'.split(
    ' ',
  ),
);

/** The types that CAST knows, under their names in SQL. */
export const TYPES: ReadonlyMap<string, ValueType> = new Map([
  ['varchar', 'text'],
  ['text', 'text'],
  ['decimal', 'number'],
  ['double', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['date', 'day'],
  ['timestamp', 'time'],
]);
