import type { Encoding, FilePreview } from '../file-preview';

/** A stretch of a file, uninflated text bytes. */
export interface ByteSample {
  readonly bytes: Uint8Array;
  /** True when the stretch begins where the file begins; others may begin inside a character. */
  readonly atStart: boolean;
  /** True when the stretch ends where the file ends; others may end inside a character. */
  readonly atEnd: boolean;
}

export interface EncodingGuess {
  readonly encoding: Encoding;
  readonly evidence: FilePreview['encodingEvidence'];
}

const LINE_FEED = 0x0a;

const MARKS: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'gb18030', bytes: [0x84, 0x31, 0x95, 0x33] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** Western text is mostly ASCII: every fourth byte of UTF-16 at least is then NUL. Chinese has fewer. */
const MIN_NUL_SHARE = 0.02;

/** Of the units without a NUL, a quarter of the Chinese ones look like two ASCII letters; in ASCII with stray NULs all do. */
const MAX_ASCII_PAIR_SHARE = 0.6;

/** In real Chinese text nearly every second byte is high; accented Latin letters are followed by ASCII. */
const MIN_HIGH_TRAIL_SHARE = 0.5;

/**
 * The encoding of a file from stretches of it, tried in this order: byte order mark, strict UTF-8,
 * the NUL pattern of UTF-16, strict GB18030, and what is left is guessed as windows-1252, or as the
 * multi-byte encoding in which only a few characters are broken. Big5 and Shift_JIS also pass as
 * GB18030 and cannot be told from it by their bytes; they are only read when chosen by hand.
 *
 * @param samples the head first; every stretch has to agree, because a head of pure ASCII proves nothing
 * @returns null when the bytes are no text in any of them (NULs that are not UTF-16)
 */
export function detectEncoding(samples: readonly ByteSample[]): EncodingGuess | null {
  const head = samples[0]?.bytes ?? new Uint8Array(0);
  const marked = MARKS.find((mark) => mark.bytes.every((byte, i) => head[i] === byte));
  if (marked !== undefined) return { encoding: marked.encoding, evidence: 'bom' };
  if (head.includes(0)) {
    const encoding = nulPattern(head);
    return encoding !== null && decodes(encoding, samples.slice(0, 1)) ? { encoding, evidence: 'strict' } : null;
  }
  const stretches = samples.flatMap(fromLineStart);
  if (decodes('utf-8', stretches)) return { encoding: 'utf-8', evidence: 'strict' };
  if (highTrailShare(stretches) >= MIN_HIGH_TRAIL_SHARE && decodes('gb18030', stretches)) {
    return { encoding: 'gb18030', evidence: 'strict' };
  }
  return { encoding: likeliest(stretches), evidence: 'guess' };
}

/** Which half of the 16-bit units is NUL for ASCII text; null when neither is it clearly. */
function nulPattern(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  let wide = 0;
  let asciiPairs = 0;
  for (let unit = 0; unit + 1 < bytes.length; unit += 2) {
    const first = bytes[unit] ?? 0;
    const second = bytes[unit + 1] ?? 0;
    if (first === 0) even++;
    if (second === 0) odd++;
    if (first === 0 || second === 0) continue;
    wide++;
    if (isAsciiText(first) && isAsciiText(second)) asciiPairs++;
  }
  if (Math.max(even, odd) < bytes.length * MIN_NUL_SHARE || asciiPairs > wide * MAX_ASCII_PAIR_SHARE) return null;
  if (even === 0) return 'utf-16le';
  return odd === 0 ? 'utf-16be' : null;
}

function isAsciiText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * The stretch from its first whole line on, because a stretch from the middle may begin inside a
 * character. A line feed is never a part of another character in these encodings.
 */
function fromLineStart(sample: ByteSample): ByteSample[] {
  if (sample.atStart) return [sample];
  const lineFeed = sample.bytes.indexOf(LINE_FEED);
  return lineFeed === -1 ? [] : [{ ...sample, bytes: sample.bytes.subarray(lineFeed + 1) }];
}

function decodes(encoding: Encoding, stretches: readonly ByteSample[]): boolean {
  try {
    for (const stretch of stretches) {
      new TextDecoder(encoding, { fatal: true }).decode(stretch.bytes, { stream: !stretch.atEnd });
    }
    return true;
  } catch {
    return false;
  }
}

/** Of the bytes above ASCII that begin a pair, the share whose second byte is above ASCII too; 0 without any. */
function highTrailShare(stretches: readonly ByteSample[]): number {
  let pairs = 0;
  let high = 0;
  for (const { bytes } of stretches) {
    for (let i = 0; i + 1 < bytes.length; i++) {
      if ((bytes[i] ?? 0) < 0x80) continue;
      if (isFourByteCode(bytes, i)) {
        i += 3;
        continue;
      }
      pairs++;
      if ((bytes[i + 1] ?? 0) >= 0x80) high++;
      i++;
    }
  }
  return pairs === 0 ? 0 : high / pairs;
}

/** GB18030 writes what GBK lacks, the sign ¥ for one, as two pairs of a high byte and a digit. */
function isFourByteCode(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at + 1] ?? 0) && (bytes[at + 2] ?? 0) > 0x80 && isDigit(bytes[at + 3] ?? 0);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Exports cut a field at so many bytes and so break a character here and there; the rest still tells. */
const MAX_BROKEN_SHARE = 0.02;

function likeliest(stretches: readonly ByteSample[]): Encoding {
  if (brokenShare('utf-8', stretches) <= MAX_BROKEN_SHARE) return 'utf-8';
  if (highTrailShare(stretches) >= MIN_HIGH_TRAIL_SHARE && brokenShare('gb18030', stretches) <= MAX_BROKEN_SHARE) {
    return 'gb18030';
  }
  return 'windows-1252';
}

/** Replacement characters as a share of all characters beyond ASCII, 0..1. */
function brokenShare(encoding: Encoding, stretches: readonly ByteSample[]): number {
  let beyond = 0;
  let broken = 0;
  for (const stretch of stretches) {
    const text = new TextDecoder(encoding).decode(stretch.bytes, { stream: !stretch.atEnd });
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) continue;
      beyond++;
      if (code === 0xfffd) broken++;
    }
  }
  return beyond === 0 ? 0 : broken / beyond;
}
