import * as v from 'valibot';
import { PERSON_ROLES, type PersonRole } from '../kinds/kinds';

/** What may tell that two accounts are one customer. `name-birthday` is a name and a birthday together. */
export const KEY_KINDS = [
  'member',
  'customer',
  'id-card',
  'unionid',
  'openid',
  'phone',
  'email',
  'device',
  'name-birthday',
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface KeyChoice {
  readonly key: KeyKind;
  readonly isOn: boolean;
  /** `attach` adds accounts without another key, such as visits without signing in; it joins no two known customers. */
  readonly use: 'merge' | 'attach';
  /** A value of more customers than this is not used; null for no limit. */
  readonly mostCustomers: number | null;
}

/** Facts of which a person has one. What to do when accounts that share a key differ in it. */
export const UNIQUE_FACTS = ['id-card', 'birthday'] as const;
export type UniqueFactKind = (typeof UNIQUE_FACTS)[number];
export const CONFLICT_RULES = ['ignore', 'report', 'separate'] as const;
export type ConflictRule = (typeof CONFLICT_RULES)[number];

/** Attributes of the merged profile, and how one value is chosen among those of a customer's accounts. */
export const ATTRIBUTES = ['name', 'phone', 'email', 'birthday', 'gender', 'city', 'level'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];
export const SURVIVAL_RULES = ['first-source', 'latest', 'most-frequent', 'longest'] as const;
export type SurvivalRule = (typeof SURVIVAL_RULES)[number];

/** An account by what the file says of it: its identifiers as written, each a kind and a value, in order. */
export type AccountName = readonly (readonly [kind: PersonRole, value: string])[];

export interface PairDecision {
  readonly left: AccountName;
  readonly right: AccountName;
  readonly verdict: 'same' | 'different';
}

export interface AllowedValue {
  readonly kind: KeyKind;
  /** In its normal form. */
  readonly value: string;
}

/** What was decided about single values and accounts. Holds data: a recipe without data leaves it out. */
export interface IdentityDecisions {
  readonly allowedValues: readonly AllowedValue[];
  readonly pairs: readonly PairDecision[];
}

/** Everything decided about who is one customer. */
export interface IdentityChoices {
  /** The most trusted first; a key that is not listed is off. */
  readonly keys: readonly KeyChoice[];
  /** The customer numbers of the orders are the member numbers of the member list. */
  readonly sameNumbers: boolean;
  readonly foldGmail: boolean;
  /** A customer of more accounts than this is not made. */
  readonly mostAccounts: number;
  readonly conflicts: Readonly<Record<UniqueFactKind, ConflictRule>>;
  readonly probable: {
    /** Pairs as sure as acceptFrom are put together without a person looking. */
    readonly isOn: boolean;
    /** Chances of a match, 0..1. */
    readonly acceptFrom: number;
    readonly reviewFrom: number;
  };
  readonly survivorship: Readonly<Record<Attribute, SurvivalRule>>;
  readonly decisions: IdentityDecisions;
}

export const NO_DECISIONS: IdentityDecisions = { allowedValues: [], pairs: [] };

export const DEFAULT_CHOICES: IdentityChoices = {
  keys: [
    { key: 'member', isOn: true, use: 'merge', mostCustomers: null },
    { key: 'customer', isOn: true, use: 'merge', mostCustomers: null },
    { key: 'id-card', isOn: true, use: 'merge', mostCustomers: 3 },
    { key: 'unionid', isOn: true, use: 'merge', mostCustomers: 5 },
    { key: 'openid', isOn: true, use: 'merge', mostCustomers: 5 },
    { key: 'phone', isOn: true, use: 'merge', mostCustomers: 5 },
    { key: 'email', isOn: true, use: 'merge', mostCustomers: 5 },
    { key: 'device', isOn: true, use: 'attach', mostCustomers: null },
    { key: 'name-birthday', isOn: false, use: 'merge', mostCustomers: 3 },
  ],
  sameNumbers: true,
  foldGmail: false,
  mostAccounts: 200,
  conflicts: { 'id-card': 'separate', birthday: 'report' },
  probable: { isOn: false, acceptFrom: 0.9, reviewFrom: 0.1 },
  survivorship: {
    name: 'most-frequent',
    phone: 'latest',
    email: 'latest',
    birthday: 'most-frequent',
    gender: 'most-frequent',
    city: 'latest',
    level: 'latest',
  },
  decisions: NO_DECISIONS,
};

const chance = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const atLeast = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));

const accountNameSchema = v.pipe(
  v.array(v.pipe(v.tuple([v.picklist(PERSON_ROLES), v.string()]), v.readonly())),
  v.minLength(1),
  v.readonly(),
);

/** The part of the choices that holds data. */
const identityDecisionsSchema = v.object({
  allowedValues: v.array(v.object({ kind: v.picklist(KEY_KINDS), value: v.string() })),
  pairs: v.array(
    v.object({ left: accountNameSchema, right: accountNameSchema, verdict: v.picklist(['same', 'different']) }),
  ),
});

/** Choices as they come back from a recipe or a project file. */
export const identityChoicesSchema: v.GenericSchema<unknown, IdentityChoices> = v.object({
  keys: v.pipe(
    v.array(
      v.object({
        key: v.picklist(KEY_KINDS),
        isOn: v.boolean(),
        use: v.picklist(['merge', 'attach']),
        mostCustomers: v.nullable(atLeast(1)),
      }),
    ),
    v.check((keys) => new Set(keys.map(({ key }) => key)).size === keys.length, 'invalid keys: one stands twice'),
  ),
  sameNumbers: v.boolean(),
  foldGmail: v.boolean(),
  mostAccounts: atLeast(1),
  conflicts: v.object({ 'id-card': v.picklist(CONFLICT_RULES), birthday: v.picklist(CONFLICT_RULES) }),
  probable: v.pipe(
    v.object({ isOn: v.boolean(), acceptFrom: chance, reviewFrom: chance }),
    v.check(({ acceptFrom, reviewFrom }) => reviewFrom <= acceptFrom, 'invalid thresholds: review above accept'),
  ),
  survivorship: v.object({
    name: v.picklist(SURVIVAL_RULES),
    phone: v.picklist(SURVIVAL_RULES),
    email: v.picklist(SURVIVAL_RULES),
    birthday: v.picklist(SURVIVAL_RULES),
    gender: v.picklist(SURVIVAL_RULES),
    city: v.picklist(SURVIVAL_RULES),
    level: v.picklist(SURVIVAL_RULES),
  }),
  decisions: v.optional(identityDecisionsSchema, { allowedValues: [], pairs: [] }),
});
