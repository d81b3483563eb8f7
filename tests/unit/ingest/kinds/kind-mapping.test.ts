import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { filePlanSchema, headMapping, type OrdersPlan } from '../../../../src/ingest/dataset/dataset-files';
import { kindMappingSchema, type KindMapping } from '../../../../src/ingest/kinds/kind-mapping';
import { missingKindNeeds, type KindRole } from '../../../../src/ingest/kinds/kinds';

const column = (role: KindRole) => ({ role, timeFormat: null, numberFormat: null });

function mapping(kind: KindMapping['kind'], ...roles: readonly KindRole[]): KindMapping {
  return {
    kind,
    dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true, skipLines: 0 },
    columns: roles.map(column),
    zoneOffsetMinutes: 480,
    feedbackType: null,
  };
}

const isValid = (value: unknown): boolean => v.is(kindMappingSchema, value);

describe('a mapping of a kind', () => {
  it('comes back from JSON as it was', () => {
    const members = mapping('members', 'member', 'phone', 'ignore', 'ignore');
    expect(v.parse(kindMappingSchema, JSON.parse(JSON.stringify(members)))).toEqual(members);
  });

  it('has the roles of its kind only, each once, but as many numbers of a series as there are', () => {
    expect(isValid(mapping('members', 'member', 'score'))).toBe(false);
    expect(isValid(mapping('members', 'member', 'member'))).toBe(false);
    expect(isValid(mapping('series', 'date', 'value', 'value'))).toBe(true);
    expect(isValid(mapping('series', 'date', 'date', 'value'))).toBe(false);
    expect(isValid({ ...mapping('members', 'member'), zoneOffsetMinutes: 1000 })).toBe(false);
  });

  it('belongs to a plan of the same kind', () => {
    const members = mapping('members', 'member');
    expect(v.is(filePlanSchema, { kind: 'members', mapping: members })).toBe(true);
    expect(v.is(filePlanSchema, { kind: 'events', mapping: members })).toBe(false);
  });
});

describe('what a kind needs', () => {
  it('is named as long as no column gives it', () => {
    expect(missingKindNeeds('events', [])).toEqual(['person', 'time', 'event']);
    expect(missingKindNeeds('events', ['device', 'occurredAt', 'page'])).toEqual([]);
    expect(missingKindNeeds('members', ['name', 'birthday'])).toEqual(['person']);
    expect(missingKindNeeds('feedback', ['givenAt', 'status'])).toEqual(['content']);
    expect(missingKindNeeds('order-lines', ['productId'])).toEqual(['order']);
  });
});

describe('a file of orders read as heads', () => {
  it('keeps who, when, how much in all and the labels of the whole order', () => {
    const roles = ['orderId', 'customerId', 'orderedAt', 'amount', 'productId', 'channel', 'ignore'] as const;
    const plan: OrdersPlan = {
      kind: 'orders',
      mapping: {
        dialect: { encoding: 'gb18030', delimiter: '\t', hasHeader: false },
        columns: roles.map((role) => ({ role, timeFormat: 'dmy', numberFormat: 'comma' })),
        zoneOffsetMinutes: 60,
      },
      customerRole: 'member',
      people: [{ column: 6, role: 'phone' }],
    };
    const heads = headMapping(plan);
    expect(heads.columns.map(({ role }) => role)).toEqual([
      'orderId',
      'member',
      'occurredAt',
      'amount',
      'ignore',
      'channel',
      'phone',
    ]);
    expect(heads).toMatchObject({ kind: 'order-heads', dialect: { encoding: 'gb18030' }, zoneOffsetMinutes: 60 });
    expect(heads.columns[2]).toEqual({ role: 'occurredAt', timeFormat: 'dmy', numberFormat: 'comma' });
  });
});
