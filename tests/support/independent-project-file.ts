import { createHash } from 'node:crypto';
import { openIndependently, unwrapIndependently } from './independent-vault';

/** The layout of a project file written once more from its description. */

export interface ReadIndependently {
  readonly document: unknown;
  readonly parts: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

const SIGNATURE = [0x89, 0x53, 0x49, 0x4c, 0x0d, 0x0a, 0x1a, 0x0a];
const SEALED_HEAD_BYTES = 93;
const PLAIN_HEAD_BYTES = 13;

const arrayOf = (buffer: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer);

/** Where each piece stands in a file, its length included. */
export function framesOf(file: Buffer<ArrayBuffer>, headBytes: number): readonly Buffer<ArrayBuffer>[] {
  const frames: Buffer<ArrayBuffer>[] = [];
  for (let at = headBytes; at < file.length;) {
    const end = at + 4 + file.readUInt32LE(at);
    frames.push(file.subarray(at, end));
    at = end;
  }
  return frames;
}

function placeOf(head: Buffer, index: number, isLast: boolean): Buffer {
  const tail = Buffer.alloc(5);
  tail.writeUInt32LE(index);
  tail.writeUInt8(isLast ? 1 : 0, 4);
  return Buffer.concat([head, tail]);
}

export function readIndependently(file: Buffer<ArrayBuffer>, passphrase?: string): ReadIndependently {
  const head = file.subarray(0, passphrase === undefined ? PLAIN_HEAD_BYTES : SEALED_HEAD_BYTES);
  const frames = framesOf(file, head.length);
  const open = opener(head, passphrase);
  const content = Buffer.concat(
    frames.map((frame, index) => open(frame.subarray(4), placeOf(head, index, index === frames.length - 1))),
  );
  const documentEnd = 4 + content.readUInt32LE();
  const document: unknown = JSON.parse(content.toString('utf8', 4, documentEnd));
  const parts: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for (let at = documentEnd; at < content.length;) {
    const nameEnd = at + 6 + content.readUInt16LE(at);
    const end = nameEnd + content.readUInt32LE(at + 2);
    parts.push({ name: content.toString('utf8', at + 6, nameEnd), bytes: arrayOf(content.subarray(nameEnd, end)) });
    at = end;
  }
  return { document, parts };
}

function opener(head: Buffer, passphrase: string | undefined): (sealed: Buffer, place: Buffer) => Uint8Array {
  if (passphrase === undefined) {
    return (sealed, place) => {
      const bytes = sealed.subarray(32);
      const digest = createHash('sha256').update(place).update(bytes).digest();
      if (!digest.equals(sealed.subarray(0, 32))) throw new Error('another digest');
      return bytes;
    };
  }
  const key = unwrapIndependently(Buffer.from(passphrase), {
    version: 1,
    kdf: 'PBKDF2-SHA-256',
    rounds: head.readUInt32LE(13),
    salt: arrayOf(head.subarray(17, 33)),
    nonce: arrayOf(head.subarray(33, 45)),
    wrapped: arrayOf(head.subarray(45, 93)),
  });
  return (sealed, place) => openIndependently(key, arrayOf(sealed), arrayOf(place));
}

/** A file without a passphrase around any content, with right checksums: what somebody could make on purpose. */
export function wrapContent(content: Buffer, { flags = 2, version = 1, pieceBytes = 4_000_000 } = {}): Blob {
  const head = Buffer.concat([Buffer.from(SIGNATURE), Buffer.alloc(5)]);
  head.writeUInt32LE(version, 8);
  head.writeUInt8(flags, 12);
  const pieces = Array.from({ length: Math.max(1, Math.ceil(content.length / pieceBytes)) }, (_, i) =>
    content.subarray(i * pieceBytes, (i + 1) * pieceBytes),
  );
  const frames = pieces.map((piece, index) => {
    const place = placeOf(head, index, index === pieces.length - 1);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(32 + piece.length);
    return Buffer.concat([length, createHash('sha256').update(place).update(piece).digest(), piece]);
  });
  return new Blob([head, ...frames]);
}

/** Content of a document's text and parts, in which the lengths may be told wrongly. */
export function contentOf(
  document: Buffer,
  parts: readonly { readonly name: Buffer; readonly bytes: Buffer; readonly toldBytes?: number }[] = [],
  toldDocumentBytes = document.length,
): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(toldDocumentBytes);
  const written = parts.map(({ name, bytes, toldBytes = bytes.length }) => {
    const lengths = Buffer.alloc(6);
    lengths.writeUInt16LE(name.length);
    lengths.writeUInt32LE(toldBytes, 2);
    return Buffer.concat([lengths, name, bytes]);
  });
  return Buffer.concat([length, document, ...written]);
}
