/**
 * Every mistake the app can explain. The text for each code lives in i18n/error-messages.ts in
 * every language; the compiler refuses a code without one.
 */
export type AppErrorCode =
  | 'cancelled'
  | 'engine-load-failed'
  | 'engine-lost'
  | 'engine-out-of-memory'
  | 'query-failed'
  | 'result-shape'
  | 'worker-lost'
  | 'file-unreadable'
  | 'files-not-kept'
  | 'file-empty'
  | 'file-binary'
  | 'file-not-decodable'
  | 'file-gzip-broken'
  | 'file-too-large'
  | 'line-too-long'
  | 'file-damaged'
  | 'file-encrypted'
  | 'over-limit'
  | 'format-unsupported'
  | 'table-missing'
  | 'archive-in-archive'
  | 'json-broken'
  | 'json-too-deep'
  | 'no-columns'
  | 'mapping-incomplete'
  | 'no-usable-rows'
  | 'excerpt-empty'
  | 'invalid-parameter'
  | 'invalid-segment-rules'
  | 'recipe-invalid'
  | 'recipe-newer'
  | 'project-broken'
  | 'project-newer'
  | 'nothing-to-export'
  | 'library-unavailable'
  | 'library-newer'
  | 'library-not-writer'
  | 'library-locked'
  | 'library-wrong-passphrase'
  | 'library-full'
  | 'library-lost'
  | 'library-damaged'
  | 'erase-failed'
  | 'unexpected';

/** Facts that fill the placeholders of a message: names, numbers, never a customer's data. */
export type ErrorData = Readonly<Record<string, string | number>>;

/** An error a person can act on. `message` is the developer's text form; the screen uses `code`. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly data: ErrorData;

  constructor(code: AppErrorCode, data: ErrorData = {}, cause?: unknown) {
    const facts = Object.entries(data)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ');
    super(facts === '' ? code : `${code}: ${facts}`, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

/** True for our own `cancelled` and for the platform's AbortError. */
export function isCancel(error: unknown): boolean {
  if (isAppError(error)) return error.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

/** Returns the error as an AppError: unknown ones become `unexpected` and keep their cause. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isCancel(error)) return new AppError('cancelled', {}, error);
  return new AppError('unexpected', { reason: error instanceof Error ? error.name : typeof error }, error);
}

/** Throws `cancelled` when the signal has been aborted. */
export function throwIfAborted(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled');
}
