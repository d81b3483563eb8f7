import { expose, transfer as transferMessage } from 'comlink';
import { seal } from './envelope';

/** `never` parameters accept a method of any signature. */
type Methods = Record<string, (...args: never[]) => unknown>;

/** Comlink looks for buffers to hand over at the message itself, which here is the envelope. */
const transferables = new WeakMap<object, readonly Transferable[]>();

/** Marks a method's answer so that these buffers of it are handed over instead of copied. */
export function transfer<T extends object>(value: T, buffers: readonly Transferable[]): T {
  transferables.set(value, buffers);
  return value;
}

/** Offers the methods to the page; each answers in an envelope. Call once, at the worker's top level. */
export function exposeMethods(methods: Methods): void {
  const sealed = Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      async (...args: never[]) => {
        const envelope = await seal(() => method(...args));
        const value = envelope.ok ? envelope.value : undefined;
        const buffers = typeof value === 'object' && value !== null ? transferables.get(value) : undefined;
        return buffers === undefined ? envelope : transferMessage(envelope, [...buffers]);
      },
    ]),
  );
  expose(sealed);
}
