import type { StringPool } from '../../db/arrow-ipc';

const UPPER_C = 0x43;
const LOWER_C = 0x63;

/**
 * Which order ids mark a cancellation: a C before a digit where most ids begin with a digit, as shops
 * write C536379 for the return of an order. Null when there are none.
 *
 * @returns one byte an id, 1 for a mark
 */
export function findCancelMarks({ bytes, starts }: StringPool): Uint8Array | null {
  const count = starts.length - 1;
  const isMarked = new Uint8Array(count);
  let marks = 0;
  let digits = 0;
  for (let code = 0; code < count; code++) {
    const at = starts[code] as number;
    const lead = bytes[at] as number;
    if (isDigit(lead)) digits++;
    else if (
      (lead === UPPER_C || lead === LOWER_C) &&
      at + 1 < (starts[code + 1] as number) &&
      isDigit(bytes[at + 1] as number)
    ) {
      isMarked[code] = 1;
      marks++;
    }
  }
  return marks > 0 && 2 * digits > count ? isMarked : null;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
