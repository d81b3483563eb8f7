import type { Format } from '../../i18n/format';
import type { EraseReceipt } from '../../library/erase';
import type { EraseTexts } from './messages';
import { thingWords } from './thing-words';

export interface ReceiptFacts {
  readonly receipt: EraseReceipt;
  /** Databases that another tab holds open at this moment. */
  readonly held: readonly string[];
  readonly address: string;
  /** The reader's own day and time. */
  readonly when: string;
}

/** The bytes kept before and after, in a sentence. */
export function bytesSentence({ bytesBefore, bytesAfter }: EraseReceipt, m: EraseTexts, f: Format): string {
  const [before = '', after = ''] = [bytesBefore, bytesAfter].map((bytes) =>
    bytes === null ? m.unknownBytes : f.bytes(bytes),
  );
  return m.bytes(before, after);
}

/** The receipt as a text file's lines, in the language of the texts. */
export function receiptText({ receipt, held, address, when }: ReceiptFacts, m: EraseTexts, f: Format): string {
  const gone = [
    ...receipt.gone.map((thing) => `- ${thingWords(thing, m)}: ${thing.name}`),
    ...receipt.held.filter(({ name }) => !held.includes(name)).map(({ name }) => `- ${m.heldGone(name)}`),
  ];
  return [
    m.receiptTitle,
    m.receiptWhen(when),
    m.receiptWhere(address),
    '',
    m.done(receipt.gone.length, receipt.elapsedMs),
    bytesSentence(receipt, m, f),
    ...(held.length === 0 ? [] : [m.receiptHeld(f.list(held))]),
    '',
    ...gone,
    '',
  ].join('\n');
}
