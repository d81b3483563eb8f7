import { expose } from 'comlink';
import { seal } from './envelope';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a method map must accept every signature
type Methods = Record<string, (...args: any[]) => unknown>;

/** Offers the methods to the page; each answers in an envelope. Call once, at the worker's top level. */
export function exposeMethods(methods: Methods): void {
  const sealed = Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, (...args: unknown[]) => seal(() => method(...args))]),
  );
  expose(sealed);
}

export { transfer } from 'comlink';
