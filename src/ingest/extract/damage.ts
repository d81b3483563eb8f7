import { AppError, isAppError } from '../../core/errors';

/**
 * Runs the reading of a binary file: whatever a decoder throws at bytes that make no sense becomes
 * `file-damaged` with the file's name; named errors stay what they are and gain the name.
 */
export async function damagedOtherwise<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isAppError(error)) throw new AppError(error.code, { name, ...error.data }, error.cause ?? error);
    throw new AppError('file-damaged', { name }, error);
  }
}
