import type { GroupId } from './segments';

export const PLAYBOOK_PARTS = ['who', 'do', 'avoid', 'measure'] as const;
export type PlaybookPart = (typeof PLAYBOOK_PARTS)[number];

/** One passage of one group's card. */
export type PlaybookKey = `${GroupId}.${PlaybookPart}`;

/** The reader's own words in place of the standard ones. */
export type PlaybookTexts = Readonly<Partial<Record<PlaybookKey, string>>>;

/** What to do with a group: the reader's own words, else the standard ones. */
export function adviceFor(
  group: string,
  own: PlaybookTexts,
  standard: Readonly<Record<string, string>>,
): string | undefined {
  const key = `${group}.do`;
  return (own as Readonly<Record<string, string>>)[key] ?? standard[key];
}

/** The texts without those of one group. */
export function withoutGroup(texts: PlaybookTexts, group: GroupId): PlaybookTexts {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !key.startsWith(`${group}.`)));
}
