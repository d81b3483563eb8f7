import { describe, expect, it } from 'vitest';
import { purposeOf } from '../../../src/state/request-purpose';

const ORIGIN = 'https://shop.example';
const FORK = `${ORIGIN}/some/fork/`;

const purpose = (address: string, initiator = 'other', isWorkers = false): string =>
  purposeOf({ address, initiator, isWorkers }, ORIGIN);

describe('the purpose of a request', () => {
  it('is told from the names that the build gives', () => {
    expect(purpose(FORK, 'navigation')).toBe('page');
    expect(purpose(`${FORK}assets/index-CsQG4OIF.js`, 'script')).toBe('program');
    expect(purpose(`${FORK}assets/index-BB6gVDY9.css`, 'link')).toBe('style');
    expect(purpose(`${FORK}logo.svg`)).toBe('icon');
    expect(purpose(`${FORK}assets/duckdb-eh-9ubY-jlA.wasm`, 'fetch', true)).toBe('engine');
    expect(purpose(`${FORK}assets/ingest.worker-DAa1bjuQ.js`, 'other', true)).toBe('worker');
    expect(purpose(`${FORK}manifest.webmanifest`)).toBe('offline');
  });

  it('is the engine for the engine’s own worker', () => {
    expect(purpose(`${FORK}assets/duckdb-browser-eh.worker-hQa-dcAV.js`, 'other', true)).toBe('engine');
  });

  it('is a reader for what a worker loads besides its script', () => {
    expect(purpose(`${FORK}assets/parquet-J4TuYdhg.js`, 'other', true)).toBe('reader');
    expect(purpose(`${FORK}assets/parquet-J4TuYdhg.js`, 'script')).toBe('program');
  });

  it('is elsewhere for any other origin, whatever its file is called', () => {
    expect(purpose('https://shop.example.evil/assets/duckdb-eh.wasm')).toBe('elsewhere');
    expect(purpose('http://shop.example/assets/index.css')).toBe('elsewhere');
    expect(purpose('https://shop.example:8443/', 'navigation')).toBe('elsewhere');
  });

  it('is inside the page for its own blobs and data addresses', () => {
    expect(purpose(`blob:${ORIGIN}/5b1f`)).toBe('inside');
    expect(purpose('data:image/png;base64,AA==')).toBe('inside');
  });

  it('is the check of the policy for the page’s own address, and other for a file nobody knows', () => {
    expect(purpose(FORK, 'fetch')).toBe('check');
    expect(purpose(`${FORK}data.bin`, 'fetch')).toBe('other');
  });
});
