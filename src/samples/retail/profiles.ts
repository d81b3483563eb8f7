import type { Random } from '../../core/random';
import { integer } from '../distributions';
import { drawName, mailName, type PersonName } from './names';
import type { Person } from './people';
import type { Setting } from './setting';
import { words, type Words } from './words';

/** What is true of a person, whatever a till wrote down. */
export interface Profile {
  readonly name: PersonName;
  readonly gender: Words;
  /** 11 digits with a prefix that no operator uses; one person, one number. */
  readonly phone: string;
  readonly mail: string;
  /** `YYYY-MM-DD`. */
  readonly birthday: string;
}

const FEMALE = words('Female', '女');
const MALE = words('Male', '男');
const FEMALE_SHARE = 0.6;

export function drawProfile(setting: Setting, person: Person): Profile {
  const random = setting.streams('profile', person.index);
  const name = drawName(random);
  return {
    name,
    gender: random() < FEMALE_SHARE ? FEMALE : MALE,
    phone: phoneOf(person.index),
    mail: `${mailName(name)}${person.index}@${random() < 0.5 ? 'example.com' : 'example.org'}`,
    birthday: drawBirthday(random),
  };
}

/** The factor is coprime to 10^8, so no two people get the same digits. */
function phoneOf(index: number): string {
  const digits = (31_415_926 + index * 48_271) % 100_000_000;
  return (index % 2 === 0 ? '154' : '164') + String(digits).padStart(8, '0');
}

function drawBirthday(random: Random): string {
  const pair = (value: number): string => String(value).padStart(2, '0');
  const year = 1958 + Math.floor((random() + random()) * 24.5);
  return `${year}-${pair(1 + integer(random, 12))}-${pair(1 + integer(random, 28))}`;
}

const OPENID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The id that the mini-program's platform gives a person: `o` and 27 characters. */
export function openidOf(setting: Setting, person: number): string {
  const random = setting.streams('openid', person);
  let id = 'o';
  while (id.length < 28) id += OPENID_LETTERS.charAt(integer(random, OPENID_LETTERS.length));
  return id;
}
