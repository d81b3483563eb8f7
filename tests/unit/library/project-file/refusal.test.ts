import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncProperty, assert, integer, nat } from 'fast-check';
import { expect, test, vi } from 'vitest';
import { inspectProjectFile, openProjectFile } from '../../../../src/library/project-file/read-project';
import { contentOf, framesOf, wrapContent } from '../../../support/independent-project-file';
import { bytesOf, readProject, writeProject } from '../../../support/project-parts';

// A passphrase costs a quarter of a second of a processor that is free, and others run beside this one.
vi.setConfig({ testTimeout: 120_000 });

const PASSPHRASE = 'four random words';
const DOCUMENT = { name: '门店 2026' };
const PARTS = [{ name: 'orders 1', bytes: bytesOf(300) }];
const PLAIN_HEAD_BYTES = 13;
const SEALED_HEAD_BYTES = 93;

const refusal = (code: string): object => expect.objectContaining({ name: 'AppError', code });
const broken = refusal('project-broken');
const bufferOf = async (file: Blob): Promise<Buffer<ArrayBuffer>> => Buffer.from(await file.arrayBuffer());
const plainFile = bufferOf(await writeProject(DOCUMENT, PARTS));
const sealedFile = bufferOf(await writeProject(DOCUMENT, PARTS, { passphrase: PASSPHRASE }));

/** With one bit of one byte turned. */
function turned(file: Buffer<ArrayBuffer>, at: number, bit: number): Blob {
  const bytes = Buffer.from(file);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  return new Blob([bytes]);
}

test('a file with a bit turned in any byte is refused', async () => {
  const file = await plainFile;
  for (let at = 0; at < file.length; at++) {
    // The only bit of version 1 turned gives 0, which never was; any other a version to come.
    const code = at > 8 && at < 12 ? 'project-newer' : 'project-broken';
    await expect(openProjectFile(turned(file, at, at & 7))).rejects.toEqual(refusal(code));
  }
});

test('an encrypted file with any byte of its ciphertext changed is refused', async () => {
  const file = await sealedFile;
  const property = asyncProperty(integer({ min: SEALED_HEAD_BYTES, max: file.length - 1 }), nat(7), async (at, bit) => {
    await expect(openProjectFile(turned(file, at, bit), { passphrase: PASSPHRASE })).rejects.toEqual(broken);
  });
  await assert(property, {
    numRuns: 12,
    examples: [
      [SEALED_HEAD_BYTES, 0],
      [file.length - 1, 7],
    ],
  });
});

test.each([
  ['its flags', 12, 1, 'project-broken'],
  ['the salt', 20, 3, 'library-wrong-passphrase'],
  ['the nonce', 40, 3, 'library-wrong-passphrase'],
  ['the wrapped key', 60, 3, 'library-wrong-passphrase'],
  ['the rounds, to fewer than are safe', 15, 3, 'project-broken'],
  ['the rounds, to more than a page can wait for', 16, 7, 'project-broken'],
])('an encrypted file with a bit changed in %s is refused', async (_title, at, bit, code) => {
  const changed = turned(await sealedFile, at, bit);
  await expect(openProjectFile(changed, { passphrase: PASSPHRASE })).rejects.toEqual(refusal(code));
});

test('a file cut off at any length, or lengthened, is refused', async () => {
  const file = await plainFile;
  for (let length = 0; length < file.length; length++) {
    await expect(openProjectFile(new Blob([file.subarray(0, length)]))).rejects.toEqual(broken);
  }
  await expect(openProjectFile(new Blob([file, Buffer.alloc(1)]))).rejects.toEqual(broken);
  await expect(openProjectFile(new Blob([file, Buffer.alloc(100)]))).rejects.toEqual(broken);
});

const rearranged: readonly (readonly [title: string, order: readonly number[]])[] = [
  ['without its last piece', [0, 1]],
  ['without its first piece', [1, 2]],
  ['without one in the middle', [0, 2]],
  ['with two of them exchanged', [1, 0, 2]],
  ['with one of them twice', [0, 0, 1, 2]],
  ['with its last piece twice', [0, 1, 2, 2]],
  ['with no piece at all', []],
];

test.each([
  ['plain', undefined],
  ['encrypted', PASSPHRASE],
])('the pieces of a(n) %s file are refused in any other arrangement', async (_title, passphrase) => {
  const headBytes = passphrase === undefined ? PLAIN_HEAD_BYTES : SEALED_HEAD_BYTES;
  const file = await bufferOf(await writeProject({}, [{ name: 'a', bytes: bytesOf(9_000_000) }], { passphrase }));
  const frames = framesOf(file, headBytes);
  expect(frames).toHaveLength(3);
  const open = (order: readonly number[]): Promise<unknown> =>
    openProjectFile(new Blob([file.subarray(0, headBytes), ...order.map((at) => frames[at] ?? '')]), { passphrase });
  await expect(open([0, 1, 2])).resolves.toMatchObject({ document: {} });
  for (const [title, order] of rearranged) await expect(open(order), title).rejects.toEqual(broken);
});

test('a piece of another file under the same passphrase is refused', async () => {
  const other = await bufferOf(await writeProject(DOCUMENT, PARTS, { passphrase: PASSPHRASE }));
  const mixed = new Blob([(await sealedFile).subarray(0, SEALED_HEAD_BYTES), other.subarray(SEALED_HEAD_BYTES)]);
  await expect(openProjectFile(mixed, { passphrase: PASSPHRASE })).rejects.toEqual(broken);
});

test.each([undefined, '', 'Four random words'])('an encrypted file is not opened by %j', async (passphrase) => {
  const file = new Blob([await sealedFile]);
  await expect(openProjectFile(file, { passphrase })).rejects.toEqual(refusal('library-wrong-passphrase'));
});

test('a file of a newer version is refused as such, whatever follows', async () => {
  const newer = wrapContent(Buffer.from('something else'), { version: 2, flags: 0xff });
  const expected = expect.objectContaining({ code: 'project-newer', data: { version: 2 } }) as unknown;
  await expect(inspectProjectFile(newer)).rejects.toEqual(expected);
  await expect(openProjectFile(newer)).rejects.toEqual(expected);
});

const json = Buffer.from('{}');
const name = Buffer.from('a');
const forged: readonly (readonly [title: string, file: Blob])[] = [
  ['nothing at all', new Blob([])],
  ['a text', new Blob(['customer,time,amount\n'])],
  ['a project of version 0', wrapContent(contentOf(json), { version: 0 })],
  ['flags that mean nothing', wrapContent(contentOf(json), { flags: 4 })],
  ['data although it says there is none', wrapContent(contentOf(json, [{ name, bytes: name }]), { flags: 0 })],
  ['no content', wrapContent(Buffer.alloc(0))],
  ['a document longer than the file', wrapContent(contentOf(json, [], 3))],
  ['a document longer than may be', wrapContent(contentOf(json, [], 128_000_001))],
  ['a document that is no JSON', wrapContent(contentOf(Buffer.from('{')))],
  ['a document that is no UTF-8', wrapContent(contentOf(Buffer.from([0x22, 0xff, 0x22])))],
  ['a part longer than the file', wrapContent(contentOf(json, [{ name, bytes: name, toldBytes: 2 }]))],
  ['a part longer than may be', wrapContent(contentOf(json, [{ name, bytes: name, toldBytes: 64_000_001 }]))],
  ['a name longer than may be', wrapContent(contentOf(json, [{ name: Buffer.alloc(257), bytes: name }]))],
  ['half the lengths of a part', wrapContent(Buffer.concat([contentOf(json), Buffer.alloc(5)]))],
  ['a piece longer than may be', wrapContent(contentOf(Buffer.alloc(4_000_001, ' ')), { pieceBytes: 5_000_000 })],
];

test.each(forged)('a file with right checksums and %s is refused', async (_title, file) => {
  await expect(readProject(file)).rejects.toEqual(broken);
});

test('a file larger than could be held is refused before it is read', async () => {
  const huge = Object.defineProperty(new Blob([await plainFile]), 'size', { value: 4_000_000_001 });
  await expect(inspectProjectFile(huge)).rejects.toEqual(refusal('file-too-large'));
});

test('a file that was changed on the disk meanwhile is told to be unreadable', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  try {
    const path = join(folder, 'a.silhouette');
    writeFileSync(path, await plainFile);
    const file = await openAsBlob(path);
    const { parts } = await openProjectFile(file);
    writeFileSync(path, 'something else');
    const draw = async (): Promise<void> => {
      for await (const part of parts) expect(part).toBeUndefined();
    };
    await expect(draw()).rejects.toEqual(refusal('file-unreadable'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what the layout cannot take is not written', async () => {
  await expect(writeProject('x'.repeat(128_000_000), null)).rejects.toEqual(refusal('file-too-large'));
  await expect(writeProject({}, [{ name: 'a', bytes: new Uint8Array(64_000_001) }])).rejects.toThrow('invalid part: a');
  await expect(writeProject({}, [{ name: '客'.repeat(86), bytes: bytesOf(1) }])).rejects.toThrow('invalid part');
});

test('writing and opening stop when they are cancelled', async () => {
  const large = [{ name: 'a', bytes: bytesOf(9_000_000) }];
  const stopped = (): { signal: AbortSignal; onProgress: () => void } => {
    const controller = new AbortController();
    return { signal: controller.signal, onProgress: () => controller.abort() };
  };
  await expect(writeProject({}, large, stopped())).rejects.toEqual(refusal('cancelled'));
  await expect(openProjectFile(await writeProject({}, large), stopped())).rejects.toEqual(refusal('cancelled'));
});

test('under a passphrase no plaintext is ever given to a Blob', async () => {
  const canary = 'canary-7f3a91c04e';
  const given: Buffer[] = [];
  const platformBlob = globalThis.Blob;
  globalThis.Blob = class extends platformBlob {
    constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
      for (const part of parts) if (part instanceof Uint8Array) given.push(Buffer.from(part));
      super(parts, options);
    }
  };
  try {
    const parts = [{ name: canary, bytes: new TextEncoder().encode(canary.repeat(300_000)) }];
    const file = await writeProject({ canary }, parts, { passphrase: PASSPHRASE });
    const passed = Buffer.concat(given);
    expect(passed.equals(await bufferOf(file))).toBe(true);
    expect(passed.includes(canary)).toBe(false);
  } finally {
    globalThis.Blob = platformBlob;
  }
});
