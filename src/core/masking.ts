/** What a text was taken for by its pattern. */
export type PersonalKind = 'email' | 'id-card' | 'mobile' | 'phone' | 'chinese-name' | 'latin-name' | 'id';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
/** A mainland resident number: region, a possible date of birth, sequence, check character. */
const ID_CARD = /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
const MOBILE = /^((?:\+|00)?86[- ]?)?(1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})$/;
const PHONE = /^(?:\+\d[\d ()-]{6,}|0\d{2,3}-\d{7,8}|\(\d{2,5}\)[\d ()-]{5,}|\d{3}-\d{3}-\d{4})$/;
const CHINESE_NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u;
const LATIN_NAME = /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’.-]*(?: +\p{Script=Latin}[\p{Script=Latin}\p{M}'’.-]*)+$/u;

/** Stars shown for what is hidden: never more, so that a mask does not tell a length. */
const MOST_STARS = 4;

export function personalKindOf(text: string): PersonalKind {
  const value = text.trim();
  if (EMAIL.test(value)) return 'email';
  if (ID_CARD.test(value)) return 'id-card';
  if (MOBILE.test(value)) return 'mobile';
  if (PHONE.test(value)) return 'phone';
  if (CHINESE_NAME.test(value)) return 'chinese-name';
  if (LATIN_NAME.test(value)) return 'latin-name';
  return 'id';
}

/**
 * A text as it may be shown: enough to recognise a customer one knows, not enough to learn of one.
 * For the screen only; two texts can have the same mask, so it never serves as a key. Counts code
 * points, so a character outside the basic plane is never cut in two. '' stays ''.
 */
export function mask(text: string): string {
  const value = text.trim();
  switch (personalKindOf(value)) {
    case 'email':
      return maskEmail(value);
    case 'id-card':
      return keepEnds(value, 3, 2);
    case 'mobile':
      return value.replace(MOBILE, (_, country: string | undefined, head: string, tail: string) =>
        [country ?? '', head, '****', tail].join(''),
      );
    case 'phone':
      return keepEnds(value, value.startsWith('+') ? 3 : 2, 2);
    case 'chinese-name':
      return keepEnds(value, 1, 0);
    case 'latin-name':
      return value
        .split(/ +/)
        .map((word) => `${Array.from(word)[0] ?? ''}***`)
        .join(' ');
    case 'id':
      return maskId(value);
  }
}

function maskEmail(value: string): string {
  const split = value.lastIndexOf('@');
  return `${Array.from(value)[0] ?? ''}***${value.slice(split)}`;
}

function maskId(value: string): string {
  const length = Array.from(value).length;
  if (length <= 1) return value === '' ? '' : '*';
  if (length <= 3) return keepEnds(value, 1, 0);
  if (length <= 6) return keepEnds(value, 1, 1);
  return length <= 9 ? keepEnds(value, 2, 2) : keepEnds(value, 3, 2);
}

function keepEnds(value: string, first: number, last: number): string {
  const points = Array.from(value);
  const hidden = points.length - first - last;
  const stars = '*'.repeat(Math.min(hidden, MOST_STARS));
  return points.slice(0, first).join('') + stars + (last === 0 ? '' : points.slice(-last).join(''));
}
