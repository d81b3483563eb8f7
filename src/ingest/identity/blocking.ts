import { localPart, type LinkRecord } from './comparisons';

/**
 * Which records are worth comparing: those that at least one rule puts into the same block. Each rule
 * lets another slip pass: of a telephone with one wrong digit, two of its three parts are still right.
 */
export const BLOCKING_RULES = [
  'phone-head',
  'phone-tail',
  'phone-ends',
  'birthday',
  'name-city',
  'email-name',
] as const;
export type BlockingRule = (typeof BLOCKING_RULES)[number];

const PHONE_END = 4;
const PHONE_TAIL = 7;
/** A local part as short as this is shared by strangers: info, wang. */
const LEAST_LOCAL_PART = 5;

/** The record's block of a rule; '' for none. */
export function blockOf(rule: BlockingRule, record: LinkRecord): string {
  const { phone, birthday, city, email, sound } = record;
  const initial = sound.charAt(0);
  switch (rule) {
    case 'phone-head':
      return phone.length <= PHONE_TAIL ? '' : `${phone.slice(0, -PHONE_END)} ${initial}`;
    case 'phone-tail':
      return phone.length <= PHONE_TAIL ? '' : `${phone.slice(-PHONE_TAIL)} ${initial}`;
    case 'phone-ends':
      return phone.length <= PHONE_TAIL ? '' : `${phone.slice(0, PHONE_END)} ${phone.slice(-PHONE_END)} ${initial}`;
    case 'birthday':
      return birthday === '' || initial === '' ? '' : `${birthday} ${initial}`;
    case 'name-city':
      return sound === '' || city === '' ? '' : `${sound} ${city}`;
    case 'email-name': {
      const local = localPart(email);
      return local.length < LEAST_LOCAL_PART ? '' : local;
    }
  }
}

/** The blocks of a rule as codes, -1 for none. Cost: one map of texts, let go at the end. */
export function blockCodes(rule: BlockingRule, records: readonly LinkRecord[]): Int32Array {
  const codes = new Map<string, number>();
  return Int32Array.from(records, (record) => {
    const block = blockOf(rule, record);
    if (block === '') return -1;
    let code = codes.get(block);
    if (code === undefined) codes.set(block, (code = codes.size));
    return code;
  });
}
