import { getContext, setContext } from 'svelte';
import { DEFAULT_LEAST_CUSTOMERS } from '../kernels/small-cells/protect-table';

const KEY = Symbol('small-cell-limit');

/** k: numbers that rest on fewer customers are withheld from every file and copy. 1 = off. */
export interface SmallCellLimit {
  readonly leastCustomers: number;
}

const DEFAULT: SmallCellLimit = { leastCustomers: DEFAULT_LEAST_CUSTOMERS };

/** Hands the limit in force down to every chart and table; what it answers may change. */
export function setSmallCellLimit(limit: SmallCellLimit): void {
  setContext(KEY, limit);
}

/** The limit in force; the default where none was set. */
export function getSmallCellLimit(): SmallCellLimit {
  return getContext<SmallCellLimit | undefined>(KEY) ?? DEFAULT;
}
