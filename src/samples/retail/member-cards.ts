import { oneOf } from '../distributions';
import type { RetailCompany } from './company';
import { CHANNELS, type Channel } from './customer-types';
import { writeName, writeNameOtherwise, writeNameWrong } from './names';
import type { Person } from './people';
import { drawProfile, openidOf, type Profile } from './profiles';
import { words, type Words } from './words';

/** A member number's card: what was written down when it was taken out. */
export interface Card {
  readonly profile: Profile;
  readonly name: string;
  readonly phone: string;
  readonly mail: string;
  readonly birthday: string;
  /** Empty unless the member joined in the mini-program. */
  readonly openid: string;
  readonly registeredAt: number;
  readonly registeredBy: Channel;
  /** What was written down wrongly. */
  readonly slips: readonly Slip[];
}

export type Slip = 'name' | 'phone' | 'birthday';

/** The telephone of a counter: staff type it in for members who give none. */
export const STORE_PHONE = '14200000001';
const STORE_PHONE_SHARE = 0.012;
const NO_PHONE_SHARE = 0.03;
const NO_MAIL_SHARE = 0.55;
const NO_BIRTHDAY_SHARE = 0.2;

const LEVELS: readonly (readonly [leastYuan: number, name: Words])[] = [
  [8_000, words('Diamond', '钻石')],
  [3_000, words('Gold', '金卡')],
  [1_000, words('Silver', '银卡')],
];
const ENTRY_LEVEL = words('Basic', '普通');

/** The level that so many whole yuan of net spend in the window bring. */
export function levelOf(yuan: number): Words {
  return LEVELS.find(([leastYuan]) => yuan >= leastYuan)?.[1] ?? ENTRY_LEVEL;
}

/** The card of a person's first number. */
export function firstCard(company: RetailCompany, person: Person): Card {
  const { setting } = company;
  const random = setting.streams('card', person.index);
  const profile = drawProfile(setting, person);
  const atCounter = person.registeredBy === 'store' && random() < STORE_PHONE_SHARE;
  const noPhone = random() < NO_PHONE_SHARE;
  return {
    profile,
    name: writeName(profile.name, setting.options.locale),
    phone: atCounter ? STORE_PHONE : noPhone ? '' : profile.phone,
    mail: random() < NO_MAIL_SHARE ? '' : profile.mail,
    birthday: random() < NO_BIRTHDAY_SHARE ? '' : profile.birthday,
    openid: person.registeredBy === 'mini' ? openidOf(setting, person.index) : '',
    registeredAt: person.registeredAt,
    registeredBy: person.registeredBy,
    slips: [],
  };
}

const NAME_SLIP_SHARE = 0.12;
const BIRTHDAY_SLIP_SHARE = 0.2;

/** The card of a second number: the same person by another channel, written in another way, and at times wrongly. */
export function secondCard(company: RetailCompany, person: Person, registeredAt: number): Card {
  const { setting } = company;
  const { locale } = setting.options;
  const random = setting.streams('second-card', person.index);
  const profile = drawProfile(setting, person);
  const write = oneOf(random, [writeName, writeNameOtherwise]);
  const registeredBy = oneOf(
    random,
    CHANNELS.filter((channel) => channel !== person.registeredBy),
  );
  const style = oneOf(random, PHONE_STYLES);
  const mail = random() < 0.5 ? profile.mail.toUpperCase() : '';
  const birthday = random() < 0.5 ? profile.birthday : '';
  const slips = new Set<Slip>();
  if (random() < NAME_SLIP_SHARE) slips.add('name');
  if (random() < BIRTHDAY_SLIP_SHARE && birthday !== '') slips.add('birthday');
  if (style === null) slips.add('phone');
  const phoneSlip = random() < 0.5 ? swapLastDigits : mistypeDigit;
  return {
    profile,
    name: slips.has('name') ? writeNameWrong(profile.name, locale) : write(profile.name, locale),
    phone: (style ?? phoneSlip)(profile.phone),
    mail,
    birthday: slips.has('birthday') ? misreadBirthday(birthday) : birthday,
    openid: registeredBy === 'mini' ? openidOf(setting, person.index) : '',
    registeredAt,
    registeredBy,
    slips: [...slips],
  };
}

/** null is a slip of the finger. */
const PHONE_STYLES: readonly (((phone: string) => string) | null)[] = [
  (phone) => phone,
  (phone) => `+86 ${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`,
  (phone) => `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`,
  null,
];

function swapLastDigits(phone: string): string {
  return phone.slice(0, 9) + phone.charAt(10) + phone.charAt(9);
}

/** The key beside it: the sixth digit is one too high. */
function mistypeDigit(phone: string): string {
  return phone.slice(0, 5) + String((Number(phone.charAt(5)) + 1) % 10) + phone.slice(6);
}

/** Day and month in each other's place where that is a date, else a day of ten more or less. */
function misreadBirthday(birthday: string): string {
  const [year = '', month = '', day = ''] = birthday.split('-');
  if (Number(day) <= 12 && day !== month) return `${year}-${day}-${month}`;
  const otherDay = Number(day) > 12 ? Number(day) - 10 : Number(day) + 10;
  return `${year}-${month}-${String(otherDay).padStart(2, '0')}`;
}
