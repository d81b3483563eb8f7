import { AppError, toAppError, type AppErrorCode, type ErrorData } from '../core/errors';

/** A worker's answer: Comlink would drop an error's class and code, so errors travel as values. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly error: { readonly code: AppErrorCode; readonly data: ErrorData; readonly message: string };
    };

export async function seal<T>(work: () => T | Promise<T>): Promise<Envelope<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const { code, data } = toAppError(error);
    return { ok: false, error: { code, data, message: error instanceof Error ? error.message : String(error) } };
  }
}

/** The value, or the worker's error thrown as an AppError. */
export function unseal<T>(envelope: Envelope<T>): T {
  if (envelope.ok) return envelope.value;
  const { code, data, message } = envelope.error;
  throw new AppError(code, data, new Error(message));
}
