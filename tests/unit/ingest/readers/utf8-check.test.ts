import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Utf8Check } from '../../../../src/ingest/readers/utf8-check';

/** The platform's own strict decoder is the judge. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function checkInPieces(bytes: Uint8Array, pieceBytes: number): boolean {
  const check = new Utf8Check();
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    if (!check.push(bytes.subarray(from, from + pieceBytes))) return false;
  }
  return check.end();
}

describe('the check for UTF-8', () => {
  test('agrees with the strict decoder on every sequence of lead and second byte', () => {
    const disagreements: number[][] = [];
    for (let lead = 0x80; lead <= 0xff; lead++) {
      for (let second = 0; second <= 0xff; second++) {
        for (const rest of [[], [0x80], [0x80, 0x80], [0xbf, 0xbf, 0x61]]) {
          const sequence = [lead, second, ...rest];
          const bytes = new Uint8Array(sequence);
          if (checkInPieces(bytes, 99) !== isUtf8(bytes)) disagreements.push(sequence);
        }
      }
    }
    expect(disagreements).toEqual([]);
  });

  test('gives the same verdict wherever the bytes are cut', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).map((written) => new TextEncoder().encode(written));
    const noise = fc.uint8Array({ maxLength: 60 });
    const flipped = fc.tuple(text, fc.nat(), fc.integer({ min: 0x70, max: 0xff })).map(([bytes, at, byte]) => {
      const changed = Uint8Array.from(bytes);
      if (changed.length > 0) changed[at % changed.length] = byte;
      return changed;
    });
    fc.assert(
      fc.property(fc.oneof(text, noise, flipped), fc.integer({ min: 1, max: 9 }), (bytes, pieceBytes) => {
        expect(checkInPieces(bytes, pieceBytes)).toBe(isUtf8(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test('finds a single bad byte at any alignment of a long run of ASCII', () => {
    for (let offset = 0; offset < 4; offset++) {
      for (let at = 0; at < 40; at++) {
        const bytes = new Uint8Array(new ArrayBuffer(64), offset, 40).fill(0x61);
        expect(checkInPieces(bytes, 40)).toBe(true);
        bytes[at] = 0xff;
        expect(checkInPieces(bytes, 40)).toBe(false);
      }
    }
  });
});
