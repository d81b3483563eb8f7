import { ROLE_NAMES, type Meaning, type RoleNames } from './role-names';

const TIME_PARTS = ['time', 'date', '时间', '日期', '时刻', '戳', 'created', 'paidat', 'orderedat', 'purchasedat'];
const TIME_WORDS = new Set(['ts', 'dt', 'day', 'at', 'when', 't']);

/** Letters and digits of a name alone: one case, no blanks and marks, no unit in brackets, full-width as ASCII. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【〔][^)\]】〕]*[)\]】〕]/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** How strongly the normalised name speaks for the role, 0..1. */
export function nameScore(normalised: string, role: Meaning): number {
  return scoreByNames(normalised, ROLE_NAMES[role]);
}

/** The same for a role that is described by its names. */
export function scoreByNames(normalised: string, { whole, parts, never }: RoleNames): number {
  const exact = Object.hasOwn(whole, normalised) ? whole[normalised] : undefined;
  if (exact !== undefined) return exact;
  if (never.some((part) => normalised.includes(part))) return 0;
  return Object.entries(parts).reduce(
    (best, [part, weight]) => (normalised.includes(part) ? Math.max(best, weight) : best),
    0,
  );
}

/** True when the name speaks of a time, so that plain numbers below it may be one. */
export function hintsAtTime(normalised: string): boolean {
  return TIME_WORDS.has(normalised) || TIME_PARTS.some((part) => normalised.includes(part));
}

const SURE_ID = 0.8;

/** True when the name is that of an id, whatever its values look like. */
export function namesAnId(normalised: string): boolean {
  return (['customerId', 'orderId', 'productId'] as const).some((role) => nameScore(normalised, role) >= SURE_ID);
}
