import { mask, maskAs, maskEvident } from '../../core/masking';
import type { ColumnQuality } from './column-quality';

/** What may be seen of a cell of a column, which depends on what was decided about it. */
export type SeenValue = (value: string, column: ColumnQuality) => string;

type Shown = Pick<ColumnQuality, 'meaning' | 'type' | 'isPersonal'>;

/**
 * A cell as it may stand on the screen and in a list: of a personal column masked, of a column of words
 * with the personal data within masked, else as it is.
 */
export function shownValue(value: string, { meaning, type, isPersonal }: Shown): string {
  if (meaning === 'birthday') return maskAs('birthday', value);
  if (meaning === 'address') return maskAs('address', value);
  if (isPersonal) return mask(value);
  // The digits of an order's number may look like those of a card by chance.
  const isCode = meaning === 'order' || meaning === 'product';
  return type === 'text' && !isCode ? maskEvident(value) : value;
}
