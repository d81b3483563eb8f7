import { isBankCard, isHongKongId, isTaiwanId, hasLuhnCheck } from './check-digits';

/** What a text can be that is of a person. `id` is any other number or name by which one is known; `text` holds some of these within. */
export const PERSONAL_KINDS = [
  'email',
  'id-card',
  'hong-kong-id',
  'taiwan-id',
  'passport',
  'bank-card',
  'mobile',
  'phone',
  'chinese-name',
  'latin-name',
  'address',
  'birthday',
  'plate',
  'wechat',
  'ip',
  'device',
  'text',
  'id',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
/** A mainland resident number: region, a possible date of birth, sequence, check character; a wrong check is masked too. */
const ID_CARD = /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
export const MOBILE = /^((?:\+|00)?86[- ]?)?(1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})$/;
const PHONE =
  /^(?:(?:\+|00)\d[\d ()-]{6,}|0\d{2,3}-\d{7,8}(?:-\d{1,5})?|\(\d{2,5}\)[\d ()-]{5,}|\d{3}-\d{3}-\d{4}|400-?\d{3}-?\d{4})$/;
const PASSPORT = /^(?:[EGDSPHKM]\d{8}|E[A-HJ-NP-Z]\d{7}|14\d{7}|15\d{7})$/i;
const PLATE =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-HJ-NP-Z][ ·]?(?:[A-HJ-NP-Z\d]{4}[A-HJ-NP-Z\d挂学警港澳]|[A-HJ-NP-Z\d]{6})$/i;
const WECHAT = /^(?:wxid_[a-z\d]{8,}|o[\w-]{27})$/i;
const IP =
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}|(?=.*::|(?:.*:){7})[\da-f:]{3,39}(?:%\w+)?)$/i;
const DEVICE =
  /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|[\da-f]{2}([:-])[\da-f]{2}(?:\1[\da-f]{2}){4}|[\da-f]{16}|[\da-f]{32}|[\da-f]{64})$/i;
const IMEI = /^(?:35|86|01|99)\d{13}$/;
/** A place named to the street: two steps of the administration, or one and a street or a house. */
const CHINESE_ADDRESS =
  /(?:\p{Script=Han}{1,8}(?:省|自治区|特别行政区|市|自治州|地区|盟|区|县|旗|镇|乡)){1,4}.*(?:街道|路|街|巷|弄|村|道|大厦|广场|小区|花园|号|室|楼|栋|幢|单元)/u;
const ENGLISH_ADDRESS =
  /^(?:(?:flat|unit|apt|apartment|suite|room)\.? ?#?\w+,? )?\d{1,6}[a-z]?(?:[-/]\d+)?,? (?:[\p{L}\d'’.-]+ ){1,5}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|sq|way|close|crescent|terrace|highway|hwy|parkway)\b/iu;
const CHINESE_NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u;
const LATIN_NAME = /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’.-]*(?: +\p{Script=Latin}[\p{Script=Latin}\p{M}'’.-]*)+$/u;

/** Longer than any e-mail address or place; a pattern need not be tried on writing. */
const LONGEST = 320;

type Test = (value: string) => boolean;

/** How each kind is known by a value that stands alone; the first that fits wins, so the surest come first. */
const TESTS: readonly (readonly [kind: PersonalKind, test: Test])[] = [
  ['email', (value) => EMAIL.test(value)],
  ['id-card', (value) => ID_CARD.test(value)],
  ['mobile', (value) => MOBILE.test(value)],
  ['phone', (value) => PHONE.test(value)],
  ['ip', (value) => IP.test(value)],
  ['bank-card', isBankCard],
  ['device', (value) => (DEVICE.test(value) && /\D/.test(value)) || (IMEI.test(value) && hasLuhnCheck(value))],
  ['hong-kong-id', (value) => /[A-Z]/i.test(value) && isHongKongId(value)],
  ['taiwan-id', isTaiwanId],
  ['plate', (value) => PLATE.test(value)],
  ['wechat', (value) => WECHAT.test(value)],
  ['passport', (value) => PASSPORT.test(value)],
  ['address', isAddress],
  ['chinese-name', (value) => CHINESE_NAME.test(value)],
  ['latin-name', (value) => LATIN_NAME.test(value)],
];

/**
 * What a text that stands alone was taken for by its pattern; `id` where nothing fits. Cautious: a word
 * of two to four Chinese characters counts as a name. Whether a column holds personal data is
 * judged over all its values (ingest/privacy).
 */
export function personalKindOf(text: string): PersonalKind {
  const value = foldWidth(text.trim());
  if (value.length > LONGEST) return 'id';
  return TESTS.find(([, test]) => test(value))?.[0] ?? 'id';
}

/** Full-width letters, digits and signs as their ASCII ones, each in its place: a phone in them is a phone. */
export function foldWidth(text: string): string {
  return text.replaceAll(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** True for a place given to the street, Chinese or English. */
export function isAddress(value: string): boolean {
  return CHINESE_ADDRESS.test(value) || ENGLISH_ADDRESS.test(value);
}
