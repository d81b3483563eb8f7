import type { StringPool } from '../../db/arrow-ipc';

const UPPER_C = 0x43;
const LOWER_C = 0x63;

/**
 * True for an order id of the form that marks a cancellation: a C before a digit, as shops write
 * C536379 for the return of an order. Whether it does mark one, `marksCancel` says of all ids.
 */
export function isCancelMark(bytes: Uint8Array, start: number, end: number): boolean {
  const lead = bytes[start];
  return (lead === UPPER_C || lead === LOWER_C) && start + 1 < end && isDigit(bytes[start + 1] as number);
}

/** True when most of the order ids begin with a digit, so that a C before one means something. */
export function marksCancel({ bytes, starts }: StringPool): boolean {
  const count = starts.length - 1;
  let digits = 0;
  for (let code = 0; code < count; code++) if (isDigit(bytes[starts[code] as number] as number)) digits++;
  return 2 * digits > count;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
