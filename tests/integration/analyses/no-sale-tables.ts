import type { SaleTables } from '../../../src/ingest/sale-tables/sale-tables';

/** For analyses that read `purchases` alone: any other table asked for fails the test. */
export const noSaleTables: SaleTables = {
  lines: () => Promise.reject(new Error('no lines are needed')),
  attributes: () => Promise.reject(new Error('no attributes are needed')),
};
