import { PERSON_ROLES, type PersonRole } from '../kinds/kinds';
import { normalBirthday, normalIdCard } from './personal-facts';

/** Why a value says nothing of who somebody is. */
export type Unusable = 'placeholder' | 'malformed';

/** A value in the one form in which it is compared, or why it is not. */
export type NormalValue =
  { readonly normal: string; readonly unusable: null } | { readonly normal: string; readonly unusable: Unusable };

export interface NormalOptions {
  /** Gmail does not heed dots and what follows a plus: a.b+shop@gmail.com is ab@gmail.com. */
  readonly foldGmail: boolean;
}

/** The same text as regular expressions of JavaScript and of the engine (RE2): for the whole normal value. */
const PLACEHOLDER_WORDS =
  '无|没有|暂无|未知|不详|空|匿名|保密|测试|test[0-9]*|null|none|nil|n/?a|nan|undefined|unknown|anonymous|guest|-+|\\.+|\\?+|0+|x+';

/**
 * Values that were typed to fill a field, by kind. They are matched in lower case against the whole of
 * the normal value; the telephones are those of forms and manuals, and any single digit repeated.
 */
export const PLACEHOLDERS: Readonly<Record<PersonRole, string>> = {
  customer: PLACEHOLDER_WORDS,
  member: PLACEHOLDER_WORDS,
  phone:
    '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|1(0{10}|1{10}|2{10}|3{10}|8{10}|9{10})|1[3-9]0{9}|1380{5}000|138001380(00|01)|13800138000|1(3912345678|3812345678|2345678901|2345678910)|13[0-9]12345678|123456[0-9]{0,6}',
  openid: PLACEHOLDER_WORDS,
  unionid: PLACEHOLDER_WORDS,
  email:
    '(test[0-9]*|none|null|no|na|nomail|noemail|noreply|no-reply|unknown|xxx?|abc|123|1234|123456|a|aa|aaa)@.*|.*@(test|no|none|null|na|invalid|localhost)\\..*',
  device: `${PLACEHOLDER_WORDS}|00000000-0000-0000-0000-000000000000|(00:){5}00|02:00:00:00:00:00|9774d56d682e549c`,
  'id-card': '1+|0+|123456.*',
  name: `${PLACEHOLDER_WORDS}|先生|女士|小姐|顾客|客户|会员|用户|散客|mr|ms|mrs|customer|member|user`,
  birthday: '(0001|1900|1970|9999)-(01-01|12-31)|1899-12-3[01]',
};

const placeholders = new Map(
  PERSON_ROLES.map((kind) => [kind, new RegExp(`^(?:${PLACEHOLDERS[kind]})$`, 'u')] as const),
);

const PHONE_MARKS = /[\s\-+().·_/‐‑–—]/gu;
const CHINA_PREFIX = /^(?:0086|086|86)(1\d{10})$/;

/**
 * The form in which two ways of writing one identifier are equal. '' is malformed.
 *
 * - phone: digits only, without China's country code; 7 to 15 of them
 * - email: lower case
 * - customer, member, openid, unionid, device: as written, but for blanks around it and full-width signs
 * - name: lower case, one blank between words, none between Chinese characters
 * - birthday: `YYYY-MM-DD`; id-card: 18 signs with a true check sign, the old 15 ones extended
 */
export function normaliseIdentifier(kind: PersonRole, value: string, options: NormalOptions): NormalValue {
  const plain = value.normalize('NFKC').trim();
  const normal = normalOf(kind, plain, options);
  if (normal !== null) {
    return { normal, unusable: placeholders.get(kind)?.test(normal.toLowerCase()) === true ? 'placeholder' : null };
  }
  // "无" in a telephone field is no telephone, but it is known for what it is.
  const isWord = placeholders.get('member')?.test(plain.toLowerCase()) === true;
  return { normal: plain, unusable: isWord ? 'placeholder' : 'malformed' };
}

function normalOf(kind: PersonRole, plain: string, { foldGmail }: NormalOptions): string | null {
  switch (kind) {
    case 'phone':
      return normalPhone(plain);
    case 'email':
      return normalEmail(plain, foldGmail);
    case 'name':
      return normalName(plain);
    case 'birthday':
      return normalBirthday(plain);
    case 'id-card':
      return normalIdCard(plain);
    default:
      return plain === '' ? null : plain;
  }
}

function normalPhone(plain: string): string | null {
  const digits = plain.replaceAll(PHONE_MARKS, '');
  if (!/^\d{7,18}$/.test(digits)) return null;
  const national = digits.replace(CHINA_PREFIX, '$1');
  return national.length <= 15 ? national : null;
}

function normalEmail(plain: string, foldGmail: boolean): string | null {
  const address = plain.toLowerCase();
  const parts = /^([^\s@]+)@([^\s@]+\.[^\s@.]+)$/u.exec(address);
  if (parts === null) return null;
  const [, local = '', domain = ''] = parts;
  if (!foldGmail || !/^(gmail|googlemail)\.com$/.test(domain)) return address;
  return `${local.replace(/\+.*$/, '').replaceAll('.', '')}@gmail.com`;
}

function normalName(plain: string): string | null {
  const name = plain
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
  return /[\p{L}]/u.test(name) || placeholders.get('name')?.test(name) === true ? name : null;
}
