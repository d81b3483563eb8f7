import type { CallOptions, Db } from '../../db/db';
import { ATTRIBUTES, type Attribute, type IdentityChoices } from './identity-choices';
import { columnsOf } from './pairs.sql';
import * as statements from './survivorship.sql';

/** How far the accounts of customers agree on an attribute. */
export interface AttributeCount {
  readonly attribute: Attribute;
  readonly customers: number;
  /** Customers whose accounts name more than one value. */
  readonly disagreeing: number;
  readonly passedOver: number;
}

/** A value that a customer's accounts have; `survives` is the one of the profile. */
export interface Candidate {
  readonly attribute: Attribute;
  readonly value: string;
  readonly accounts: number;
  /** When the latest card that says so was taken out, wall-clock epoch milliseconds; null where unknown. */
  readonly notedAt: number | null;
  readonly survives: boolean;
}

/**
 * Makes the table customer_profiles from the accounts as they are resolved: customer_key and, as text,
 * name, phone, email, birthday, gender, city, level. Returns how far accounts agree.
 *
 * Cost: two GROUP BY over the attributes' values, and a window over those of customers who have several.
 */
export async function mergeProfiles(
  db: Db,
  rules: IdentityChoices['survivorship'],
  options: CallOptions = {},
): Promise<readonly AttributeCount[]> {
  const columns = await db.query(columnsOf('members'), { column_name: 'text' }, options);
  const members = statements.memberColumnsOf(columns.map(({ column_name }) => column_name));
  await db.exec(statements.createAttributeValues(members), options);
  await db.exec(statements.createSurvivors(rules), options);
  const rows = await db.query(
    statements.attributeCounts(),
    { attribute: 'text', customers: 'integer', disagreeing: 'integer', passed_over: 'integer' },
    options,
  );
  const found = new Map(rows.map((row) => [row.attribute, row]));
  const present = ATTRIBUTES.filter((attribute) => found.has(attribute));
  await db.exec(statements.createProfiles(present), options);
  return present.flatMap((attribute) => {
    const row = found.get(attribute);
    if (row === undefined) return [];
    return [{ attribute, customers: row.customers, disagreeing: row.disagreeing, passedOver: row.passed_over }];
  });
}

/** What each account of a customer says, and what survived. */
export async function candidatesOf(
  db: Db,
  customerKey: number,
  options: CallOptions = {},
): Promise<readonly Candidate[]> {
  const rows = await db.query(
    statements.candidatesOf(customerKey),
    { attribute: 'text', value: 'text', accounts: 'integer', noted_at: 'time?', place: 'integer' },
    options,
  );
  return rows.map(({ attribute, value, accounts, noted_at, place }) => ({
    attribute: attribute as Attribute,
    value,
    accounts,
    notedAt: noted_at,
    survives: place === 1,
  }));
}
