import type { Day } from '../core/dates';

/** How an audience came about, for display: it holds no customer. */
export interface AudienceOrigin {
  /** What it was made from, as the reader saw it: "Can't lose", "VIP ∩ Quiet". */
  readonly title: string;
  /** The statement that chose its members, printed with its values in place. */
  readonly statement: string;
  /** The colour of the mark it came from, as a CSS value. */
  readonly color?: string | undefined;
}

/** A named set of customers, frozen when it was saved. */
export interface Audience {
  readonly id: string;
  readonly name: string;
  readonly created: Day;
  readonly origin: AudienceOrigin;
  /** Members found in the dataset that is loaded. */
  readonly count: number;
  /** Members when it was saved; more than `count` when a newer file no longer has them all. */
  readonly savedCount: number;
}

/** Why a name cannot be given. */
export type NameMistake = 'empty' | 'too-long' | 'taken';

export const LONGEST_NAME = 60;

/** The name as it is kept: trimmed, runs of blanks as one. */
export function tidyName(text: string): string {
  return text.trim().replace(/\s+/gu, ' ');
}

/** What is wrong with a name, or null. `id` is the audience that may keep its own name. */
export function nameMistake(text: string, audiences: readonly Audience[], id?: string): NameMistake | null {
  const name = tidyName(text);
  if (name === '') return 'empty';
  if (Array.from(name).length > LONGEST_NAME) return 'too-long';
  const folded = name.toLocaleLowerCase('en');
  const taken = audiences.some((other) => other.id !== id && other.name.toLocaleLowerCase('en') === folded);
  return taken ? 'taken' : null;
}

/** The name, or the first of "name 2", "name 3" ... that is free and short enough. */
export function freeName(wanted: string, audiences: readonly Audience[]): string {
  const base = Array.from(tidyName(wanted))
    .slice(0, LONGEST_NAME - 4)
    .join('');
  let name = base;
  for (let n = 2; nameMistake(name, audiences) === 'taken'; n++) name = `${base} ${n}`;
  return name;
}

/** An id that no audience has had: one more than the highest number given so far. */
export function nextAudienceId(given: readonly string[]): string {
  const numbers = given.map((id) => Number(/^a(\d+)$/.exec(id)?.[1] ?? 0));
  return `a${Math.max(0, ...numbers) + 1}`;
}
