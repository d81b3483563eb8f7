import { describe, expect, it } from 'vitest';
import { AppError, isCancel, throwIfAborted, toAppError } from '../../../src/core/errors';

describe('AppError', () => {
  it('says its code and facts in its text form', () => {
    expect(new AppError('file-not-decodable', { line: 7, encoding: 'gb18030' }).message).toBe(
      'file-not-decodable: line=7 encoding=gb18030',
    );
  });

  it('recognises a cancel of ours and of the platform', () => {
    expect(isCancel(new AppError('cancelled'))).toBe(true);
    expect(isCancel(new DOMException('stopped', 'AbortError'))).toBe(true);
    expect(isCancel(new Error('cancelled'))).toBe(false);
  });

  it('wraps what it does not know and keeps the cause', () => {
    const cause = new TypeError('x is undefined');
    const wrapped = toAppError(cause);
    expect([wrapped.code, wrapped.data['reason'], wrapped.cause]).toEqual(['unexpected', 'TypeError', cause]);
    expect(toAppError(wrapped)).toBe(wrapped);
  });

  it('throws only once the signal is aborted', () => {
    const abort = new AbortController();
    throwIfAborted(abort.signal);
    abort.abort();
    expect(() => throwIfAborted(abort.signal)).toThrow('cancelled');
  });
});
