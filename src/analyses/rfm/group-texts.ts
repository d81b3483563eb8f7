import type { I18n } from '../../i18n/i18n.svelte';
import { groupMessages } from './group-messages';
import type { FitnessWarning } from './fitness';
import type { MistakeCode } from './rfm-params';
import { GROUP_ORDER, NAMINGS, type GroupId } from './segments';

/** The group's name in the language in force. */
export function groupName(i18n: I18n, group: GroupId): string {
  return i18n.of(groupMessages)[group];
}

/** The names of all groups by id, for files and panels outside the analysis. */
export function groupNames(i18n: I18n): Readonly<Record<string, string>> {
  return Object.fromEntries(
    NAMINGS.flatMap((naming) => GROUP_ORDER[naming]).map((group) => [group, groupName(i18n, group)]),
  );
}

/** The warning in words, with what was measured. */
export function warningText(i18n: I18n, { code, value, limit }: FitnessWarning): string {
  return i18n.of(groupMessages)[code](value, limit);
}

export function mistakeText(i18n: I18n, code: string): string {
  return i18n.of(groupMessages)[code as MistakeCode];
}
