import { AppError, throwIfAborted } from '../../core/errors';

/** How a file is read, whatever its form. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** The file's name, for messages. */
  readonly name?: string | undefined;
  /** The most bytes a .gz may inflate to. */
  readonly capBytes?: number | undefined;
}

/** The bytes [from, to) of the file. */
export async function readSlice(
  file: Blob,
  from: number,
  to: number,
  options: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  throwIfAborted(options.signal);
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (error) {
    throw new AppError('file-unreadable', facts(options), error);
  }
}

/** What messages say about the file. */
export function facts(options: ReadOptions): { readonly name?: string } {
  return options.name === undefined ? {} : { name: options.name };
}
