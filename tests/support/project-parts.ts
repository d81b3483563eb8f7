import type { KeptPart } from '../../src/library/library';
import { openProjectFile, type OpenOptions } from '../../src/library/project-file/read-project';
import { writeProjectFile, type WriteOptions } from '../../src/library/project-file/write-project';

export async function* drawn(parts: readonly KeptPart[]): AsyncGenerator<KeptPart, void> {
  for (const part of parts) {
    await Promise.resolve();
    yield part;
  }
}

export function bytesOf(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i * 31 + seed * 17 + (i >> 8);
  return bytes;
}

export function writeProject(
  document: unknown,
  parts: readonly KeptPart[] | null,
  options?: WriteOptions,
): Promise<Blob> {
  const estimatedBytes = (parts ?? []).reduce((sum, { bytes }) => sum + bytes.length, 0);
  return writeProjectFile({ document, parts: parts === null ? null : drawn(parts), estimatedBytes }, options);
}

export async function readProject(
  file: Blob,
  options?: OpenOptions,
): Promise<{ readonly document: unknown; readonly parts: readonly KeptPart[] }> {
  const { document, parts } = await openProjectFile(file, options);
  const all: KeptPart[] = [];
  for await (const part of parts) all.push(part);
  return { document, parts: all };
}
