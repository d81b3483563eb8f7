import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { array, asyncProperty, assert, jsonValue, nat, option, record, string, uint8Array } from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { KeptPart } from '../../../../src/library/library';
import { inspectProjectFile } from '../../../../src/library/project-file/read-project';
import { contentOf, framesOf, readIndependently, wrapContent } from '../../../support/independent-project-file';
import { bytesOf, readProject, writeProject } from '../../../support/project-parts';

// A passphrase costs a quarter of a second of a processor that is free, and others run beside this one.
vi.setConfig({ testTimeout: 120_000 });

const PASSPHRASE = 'four random words';
const DOCUMENT = { name: '门店 2026', recipe: { steps: [1, 2.5, null] } };
const PARTS = [
  { name: 'orders 1', bytes: bytesOf(700) },
  { name: '客户', bytes: bytesOf(0) },
];
/** Over three pieces, with borders of pieces inside a part and between parts. */
const LARGE = [
  { name: 'a', bytes: bytesOf(3_999_980) },
  { name: 'b', bytes: bytesOf(5_000_000, 2) },
  { name: 'c', bytes: bytesOf(1, 3) },
];

const bufferOf = async (file: Blob): Promise<Buffer<ArrayBuffer>> => Buffer.from(await file.arrayBuffer());

/** Stands for the bytes where a difference would print megabytes. */
function digestsOf(parts: readonly KeptPart[]): readonly (readonly [name: string, digest: string])[] {
  return parts.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')]);
}

test('any document and parts come back as they were, in their order', async () => {
  const name = string({ unit: 'grapheme', maxLength: 10 });
  const bytes = uint8Array({ maxLength: 500 }).map((found) => Uint8Array.from(found));
  const parts = array(record({ name, bytes }, { noNullPrototype: true }), { maxLength: 6 });
  const property = asyncProperty(jsonValue(), option(parts), async (document, drawnParts) => {
    const read = await readProject(await writeProject(document, drawnParts));
    expect(read.document).toEqual(JSON.parse(JSON.stringify(document)));
    expect(read.parts).toEqual(drawnParts ?? []);
  });
  await assert(property, { numRuns: 100 });
});

test('under a passphrase as well', async () => {
  const property = asyncProperty(nat(5_000), string({ minLength: 1, maxLength: 40 }), async (length, passphrase) => {
    const parts = [{ name: 'orders', bytes: bytesOf(length) }];
    const file = await writeProject(DOCUMENT, parts, { passphrase });
    expect(await readProject(file, { passphrase })).toEqual({ document: DOCUMENT, parts });
  });
  await assert(property, { numRuns: 4 });
});

test.each([undefined, PASSPHRASE])('data of several pieces comes back, passphrase: %s', async (passphrase) => {
  const file = await writeProject(DOCUMENT, LARGE, { passphrase });
  const read = await readProject(file, { passphrase });
  expect(read.document).toEqual(DOCUMENT);
  expect(digestsOf(read.parts)).toEqual(digestsOf(LARGE));
  const frames = framesOf(await bufferOf(file), passphrase === undefined ? 13 : 93);
  expect(frames.map(({ length }) => length > 4_000_000)).toEqual([true, true, false]);
});

test.each([undefined, PASSPHRASE])('another implementation reads the file, passphrase: %s', async (passphrase) => {
  const file = await writeProject(DOCUMENT, [...PARTS, ...LARGE], { passphrase });
  const read = readIndependently(await bufferOf(file), passphrase);
  expect(read.document).toEqual(DOCUMENT);
  expect(digestsOf(read.parts)).toEqual(digestsOf([...PARTS, ...LARGE]));
});

test('a file that another implementation wrote is read, however long its pieces', async () => {
  const parts = PARTS.map(({ name, bytes }) => ({ name: Buffer.from(name), bytes: Buffer.from(bytes) }));
  const content = contentOf(Buffer.from(JSON.stringify(DOCUMENT)), parts);
  for (const pieceBytes of [1, 7, 100, 4_000_000]) {
    expect(await readProject(wrapContent(content, { pieceBytes }))).toEqual({ document: DOCUMENT, parts: PARTS });
  }
});

test.each([
  ['v1-plain.silhouette', undefined],
  ['v1-sealed.silhouette', PASSPHRASE],
])('%s, written by version 1, opens', async (name, passphrase) => {
  const path = fileURLToPath(new URL(`../../../fixtures/project-file/${name}`, import.meta.url));
  const file = new Blob([readFileSync(path)]);
  expect(await readProject(file, { passphrase })).toEqual({ document: DOCUMENT, parts: PARTS });
});

test('a file says beforehand whether a passphrase opens it and whether data is in it', async () => {
  const plain = await writeProject(DOCUMENT, null);
  expect(await inspectProjectFile(plain)).toEqual({ isSealed: false, hasData: false, bytes: plain.size });
  const sealed = await writeProject(DOCUMENT, PARTS, { passphrase: PASSPHRASE });
  expect(await inspectProjectFile(sealed)).toEqual({ isSealed: true, hasData: true, bytes: sealed.size });
});

test('a passphrase that is not needed is no hindrance', async () => {
  const file = await writeProject(DOCUMENT, PARTS);
  expect((await readProject(file, { passphrase: PASSPHRASE })).document).toEqual(DOCUMENT);
});

test('progress rises to the whole, in writing and in opening', async () => {
  const shares: number[] = [];
  const file = await writeProject(DOCUMENT, LARGE, { onProgress: (share) => shares.push(share) });
  expect(shares.map((share) => Math.round(share * 100))).toEqual([44, 89, 100]);
  const checked: number[] = [];
  await readProject(file, { onProgress: (share) => checked.push(share) });
  expect(checked.map((share) => Math.round(share * 100))).toEqual([44, 89, 100]);
});
