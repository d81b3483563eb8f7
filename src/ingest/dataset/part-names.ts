/** Ends the names of tables that take the place of others once all of them are full. */
export const INCOMING = '_incoming';

/** Ends the names of the tables of one file, by its number in the dataset. */
export function partSuffix(file: number): string {
  return `_part${file}`;
}
