import type { Delimiter, Encoding, MissingNeed } from '../../ingest/file-preview';

/** The key of each encoding's and delimiter's name in `columnMessages`. */
export const ENCODING_KEYS = {
  'utf-8': 'encodingUtf8',
  'utf-16le': 'encodingUtf16le',
  'utf-16be': 'encodingUtf16be',
  gb18030: 'encodingGb18030',
  big5: 'encodingBig5',
  shift_jis: 'encodingShiftJis',
  'windows-1252': 'encodingWindows1252',
} as const satisfies Record<Encoding, string>;

export const DELIMITER_KEYS = {
  ',': 'delimiterComma',
  '\t': 'delimiterTab',
  ';': 'delimiterSemicolon',
  '|': 'delimiterPipe',
  whitespace: 'delimiterWhitespace',
} as const satisfies Record<Delimiter, string>;

export const TYPE_KEYS = { text: 'typeText', number: 'typeNumber', time: 'typeTime', empty: 'typeEmpty' } as const;

/** A guess of a role less sure than this, 0..1, is marked as one to be checked. */
export const UNSURE_BELOW = 0.6;

/** The offsets in use on Earth, in minutes east of UTC. */
export const ZONE_OFFSETS: readonly number[] = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270,
  300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
];

/** +08:00; the sign is a real minus for the west. */
export function offsetText(minutes: number): string {
  const whole = Math.abs(minutes);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

/** The key of each need's name in `importMessages`. */
export const NEED_KEYS = { customer: 'customer', time: 'time', amount: 'money' } as const satisfies Record<
  MissingNeed,
  string
>;
