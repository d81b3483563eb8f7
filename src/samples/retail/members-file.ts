import type { Locale } from '../../i18n/format';
import { csvLine, type TextFile } from '../csv-writer';
import { Timeline } from '../timeline';
import type { RetailCompany } from './company';
import { firstCard, levelOf, secondCard } from './member-cards';
import { memberNumber } from './numbers';
import { REGISTRATION_LEAD_DAYS } from './people';
import { CHANNEL_NAMES, storeAt } from './places';
import { DAY_SECONDS, formatTime } from './setting';

const HEADER: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'member_no',
    'name',
    'gender',
    'phone',
    'email',
    'birthday',
    'city',
    'level',
    'points',
    'registered_at',
    'registered_channel',
    'openid',
  ],
  zh: [
    '会员号',
    '姓名',
    '性别',
    '手机号',
    '邮箱',
    '生日',
    '城市',
    '会员等级',
    '积分',
    '注册时间',
    '注册渠道',
    'openid',
  ],
};

/** The member list, one row a member number, in the order of registering. */
export function membersFile(company: RetailCompany, locale: Locale): TextFile {
  return {
    name: locale === 'zh' ? '灯笼生活-会员.csv' : 'lantern-members.csv',
    kind: 'members',
    encoding: 'utf-8',
    records: company.setting.options.customers,
    lines: () => memberLines(company),
  };
}

function* memberLines(company: RetailCompany): Generator<string> {
  yield csvLine(HEADER[company.setting.options.locale]);
  for (const { entry } of registrations(company).entries()) yield memberLine(company, entry >> 1, entry & 1);
}

/** Every member number by its time of registering; the entry is twice the person, plus one for a second number. */
function registrations(company: RetailCompany): Timeline {
  const lead = REGISTRATION_LEAD_DAYS * DAY_SECONDS;
  const timeline = new Timeline();
  for (let index = 0; index < company.setting.options.customers; index++) {
    const person = company.person(index);
    timeline.add(lead + person.registeredAt, index * 2);
    if (person.registeredAgainAt !== null) timeline.add(lead + person.registeredAgainAt, index * 2 + 1);
  }
  return timeline;
}

function memberLine(company: RetailCompany, index: number, membership: number): string {
  const { setting } = company;
  const { locale } = setting.options;
  const person = company.person(index);
  const again = person.registeredAgainAt;
  const card = membership === 1 && again !== null ? secondCard(company, person, again) : firstCard(company, person);
  const { netCents } = company.tally.member(company.memberPlace(index, membership));
  const yuan = Math.max(0, Math.floor(netCents / 100));
  return csvLine([
    memberNumber(index, membership),
    card.name,
    card.profile.gender[locale],
    card.phone,
    card.mail,
    card.birthday,
    storeAt(person.homeStore).city[locale],
    levelOf(yuan)[locale],
    yuan,
    formatTime(setting.window, card.registeredAt),
    CHANNEL_NAMES[card.registeredBy][locale],
    card.openid,
  ]);
}
