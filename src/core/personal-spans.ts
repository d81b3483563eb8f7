import { isBankCard, isResidentNumber } from './check-digits';
import { foldWidth, personalKindOf, type PersonalKind } from './personal-kinds';
import { SURNAME_PATTERN, startsWithSurname } from './surnames';

/** A stretch of a text that is of a person; `end` is exclusive, both count UTF-16 units. */
export interface PersonalSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalKind;
}

interface Finder {
  readonly pattern: RegExp;
  /** The group that is masked; 0 is the whole match. */
  readonly group: number;
  readonly kind: PersonalKind;
  readonly accepts?: (found: string) => boolean;
}

/**
 * In the order in which they are looked for: what is found first is not looked at again. Every repetition that
 * could be tried from each place anew is bounded, so that no text makes the search slow.
 */
const FINDERS: readonly Finder[] = [
  { pattern: /[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,}/g, group: 0, kind: 'email' },
  { pattern: /wxid_\w{6,}/gi, group: 0, kind: 'wechat' },
  {
    pattern:
      /(?:微信号?|WeChat(?: id)?|VX|vx|V信|QQ)\s{0,3}(?:号|是|为|:|：)?\s{0,3}([A-Za-z][\w-]{5,19}|[1-9]\d{4,11})/g,
    group: 1,
    kind: 'wechat',
  },
  { pattern: /(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, group: 0, kind: 'id-card', accepts: isIdCard },
  { pattern: /(?<!\d)\d{15}(?!\d)/g, group: 0, kind: 'id-card', accepts: isResidentNumber },
  { pattern: /(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g, group: 0, kind: 'bank-card', accepts: isBankCard },
  { pattern: /(?<!\d)(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, group: 0, kind: 'mobile' },
  { pattern: /(?<!\d)0\d{2,3}[- ]?\d{7,8}(?:-\d{1,5})?(?!\d)/g, group: 0, kind: 'phone' },
  { pattern: /\+\d{1,3}[ -]?(?:\(\d+\)[ -]?)?\d{2,5}(?:[ -]?\d{2,5}){1,4}(?!\d)/g, group: 0, kind: 'phone' },
  { pattern: /(?<!\d)\(?\d{3}\)?[ -]\d{3}-\d{4}(?!\d)/g, group: 0, kind: 'phone' },
  {
    pattern: /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])/g,
    group: 0,
    kind: 'ip',
  },
  {
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-HJ-NP-Z][ ·]?[A-HJ-NP-Z\d]{5,6}(?![A-Z\d])/g,
    group: 0,
    kind: 'plate',
  },
  {
    pattern:
      /\p{Script=Han}{2,8}(?:省|市|自治区)[\p{Script=Han}\d]{0,20}?(?:路|街|巷|弄|村|道|小区|花园|大厦)\p{Script=Han}{0,6}(?:[\d一二三四五六七八九十-]+(?:号|栋|幢|楼|单元|室|弄|座)){1,5}\d{0,5}/gu,
    group: 0,
    kind: 'address',
  },
  {
    pattern:
      /\d{1,6}[a-z]? (?:[A-Z][\w'’.-]* ){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Place|Square)\b\.?/g,
    group: 0,
    kind: 'address',
  },
  {
    pattern:
      /(?:姓名|名字|我叫|我是|本人|联系人|收件人|收货人)(?:是|为|叫)?\s{0,3}[:：]?\s{0,3}(\p{Script=Han}{2,4})(?!\p{Script=Han})/gu,
    group: 1,
    kind: 'chinese-name',
    // The cue says that it is a name; so may one of four characters be, with two surnames.
    accepts: (name) => startsWithSurname(name.slice(0, 3)),
  },
  {
    pattern: new RegExp(`(${SURNAME_PATTERN}\\p{Script=Han}{1,2})(?=先生|女士|小姐|经理|老师|店长)`, 'gu'),
    group: 1,
    kind: 'chinese-name',
  },
  {
    pattern: /\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ((?:\p{Lu}[\p{L}'’-]+ ?){1,3})/gu,
    group: 1,
    kind: 'latin-name',
  },
  {
    pattern: /\b(?:[Mm]y name is|I am called|[Nn]ame:|[Cc]ontact:) *((?:\p{Lu}[\p{L}'’-]+ ?){1,3})/gu,
    group: 1,
    kind: 'latin-name',
  },
];

/**
 * The personal data within a text such as a review or a note, in the order of the text, none overlapping.
 * Names are only found where a word beside them says so (我叫…, …女士, Mr …): a name without such a word
 * stays, which no pattern could tell from other words. Cost: a pass over the text for each of the kinds.
 */
export function findPersonalSpans(text: string): readonly PersonalSpan[] {
  const spans: PersonalSpan[] = [];
  const folded = foldWidth(text);
  for (const { pattern, group, kind, accepts } of FINDERS) {
    for (const match of folded.matchAll(pattern)) {
      const found = (match[group] ?? '').trimEnd();
      const start = match.index + (group === 0 ? 0 : match[0].lastIndexOf(match[group] ?? ''));
      const end = start + found.length;
      if (found === '' || accepts?.(found) === false) continue;
      if (spans.some((span) => span.start < end && start < span.end)) continue;
      spans.push({ start, end, kind });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** The text with each personal span masked by `mask` in its place; the rest is as it was. */
export function maskSpans(text: string, mask: (kind: PersonalKind, found: string) => string): string {
  let masked = '';
  let at = 0;
  for (const { start, end, kind } of findPersonalSpans(text)) {
    masked += text.slice(at, start) + mask(kind, text.slice(start, end));
    at = end;
  }
  return masked + text.slice(at);
}

function isIdCard(found: string): boolean {
  return isResidentNumber(found) || personalKindOf(found) === 'id-card';
}
