import { cityOf } from './places';
import { foldWidth, MOBILE, personalKindOf, type PersonalKind } from './personal-kinds';
import { maskSpans } from './personal-spans';

export { personalKindOf, type PersonalKind } from './personal-kinds';

/** Stars shown for what is hidden: never more, so that a mask does not tell a length. */
const MOST_STARS = 4;

/**
 * A text as it may be shown: enough to recognise a customer one knows, not enough to learn of one.
 * For the screen only; two texts can have the same mask, so it never serves as a key. Counts code
 * points, so a character outside the basic plane is never cut in two. '' stays ''.
 */
export function mask(text: string): string {
  return maskAs(personalKindOf(text), text);
}

/** The same where it is known what the text is. A text that is not of that form is masked as an id. */
export function maskAs(kind: PersonalKind, text: string): string {
  if (kind === 'text') return maskSpans(text.trim(), maskAs);
  const value = foldWidth(text.trim());
  if (value === '') return '';
  switch (kind) {
    case 'email':
      return value.includes('@') ? maskEmail(value) : maskId(value);
    case 'id-card':
      return keepEnds(value, 3, 2);
    case 'hong-kong-id':
    case 'taiwan-id':
    case 'passport':
      return keepEnds(value, 1, 2);
    case 'bank-card':
      return keepEnds(value, 0, 4);
    case 'mobile':
      return MOBILE.test(value) ? maskMobile(value) : maskId(value);
    case 'phone':
      return keepEnds(value, value.startsWith('+') ? 3 : 2, 2);
    case 'chinese-name':
      return keepEnds(value, 1, 0);
    case 'latin-name':
      return maskWords(value);
    case 'address':
      return `${cityOf(value) ?? ''}****`;
    case 'birthday':
      return maskDate(value);
    case 'plate':
      return keepEnds(value, 2, 1);
    case 'wechat':
    case 'device':
      return keepEnds(value, 2, 2);
    case 'ip':
      return maskNetwork(value);
    case 'id':
      return maskId(value);
  }
}

function maskMobile(value: string): string {
  return value.replace(MOBILE, (_, country: string | undefined, head: string, tail: string) =>
    [country ?? '', head, '****', tail].join(''),
  );
}

function maskEmail(value: string): string {
  const split = value.lastIndexOf('@');
  return `${Array.from(value)[0] ?? ''}***${value.slice(split)}`;
}

function maskWords(value: string): string {
  return value
    .split(/ +/)
    .map((word) => `${Array.from(word)[0] ?? ''}***`)
    .join(' ');
}

/** The year stays, for it is what an age is judged by. */
function maskDate(value: string): string {
  const year = /^(?:18|19|20)\d{2}(?=\D|\d{4}$)/.exec(value)?.[0];
  return year === undefined ? '****' : `${year}-**-**`;
}

function maskNetwork(value: string): string {
  const [first] = value.split(/[.:]/);
  return value.includes(':') ? `${first ?? ''}:****` : `${first ?? ''}.*.*.*`;
}

function maskId(value: string): string {
  const length = Array.from(value).length;
  if (length <= 1) return '*';
  if (length <= 3) return keepEnds(value, 1, 0);
  if (length <= 6) return keepEnds(value, 1, 1);
  return length <= 9 ? keepEnds(value, 2, 2) : keepEnds(value, 3, 2);
}

/** Something is always hidden: of a text too short for its ends only the first character stays. */
function keepEnds(value: string, first: number, last: number): string {
  const points = Array.from(value);
  const hidden = points.length - first - last;
  if (hidden <= 0)
    return points.length === 1 ? '*' : `${points[0] ?? ''}${'*'.repeat(Math.min(points.length - 1, MOST_STARS))}`;
  const stars = '*'.repeat(Math.min(hidden, MOST_STARS));
  return points.slice(0, first).join('') + stars + (last === 0 ? '' : points.slice(-last).join(''));
}

const EVIDENT: ReadonlySet<PersonalKind> = new Set<PersonalKind>(['email', 'mobile', 'id-card', 'bank-card']);

/**
 * The text with what is evidently somebody's masked: all of it where its form says it is an e-mail, mobile,
 * identity or bank card, else what of that sort stands within, in its place. Any other stays, blanks at the ends too.
 */
export function maskEvident(text: string): string {
  return EVIDENT.has(personalKindOf(text)) ? mask(text) : maskSpans(text, maskAs);
}
