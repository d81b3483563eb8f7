import type { I18n } from '../../i18n/i18n.svelte';
import { groupMessages } from './group-messages';
import type { FitnessWarning } from './fitness';
import type { MistakeCode } from './rfm-params';
import type { GroupId } from './segments';

/** The group's name in the language in force. */
export function groupName(i18n: I18n, group: GroupId): string {
  return i18n.of(groupMessages)[group];
}

/** The warning in words, with what was measured. */
export function warningText(i18n: I18n, { code, value, limit }: FitnessWarning): string {
  return i18n.of(groupMessages)[code](value, limit);
}

export function mistakeText(i18n: I18n, code: string): string {
  return i18n.of(groupMessages)[code as MistakeCode];
}
