/** The sum of two amounts of at most six decimals, without the last bits of binary addition; never -0. */
export function addMoney(a: number, b: number): number {
  return Math.round((a + b) * 1e6) / 1e6 + 0;
}
