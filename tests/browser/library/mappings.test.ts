import { deleteDB, openDB } from 'idb';
import { object, number, picklist } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { createMappingMemory } from '../../../src/library/mappings';

const DATABASE = 'silhouette-mappings';
const schema = object({ role: picklist(['customer', 'time']), zone: number() });
const MAPPING = { role: 'customer', zone: 480 } as const;

afterEach(() => deleteDB(DATABASE));

describe('the memory of mappings', () => {
  test('gives back what was put, also to a later visit', async () => {
    await createMappingMemory(schema).put('f1', MAPPING);
    expect(await createMappingMemory(schema).get('f1')).toEqual(MAPPING);
  });

  test('keeps the last mapping of each kind of file', async () => {
    const memory = createMappingMemory(schema);
    await memory.put('f1', MAPPING);
    await memory.put('f2', { role: 'time', zone: 0 });
    await memory.put('f1', { role: 'time', zone: 60 });
    expect(await memory.get('f1')).toEqual({ role: 'time', zone: 60 });
    expect(await memory.get('f2')).toEqual({ role: 'time', zone: 0 });
    expect(await memory.get('f3')).toBeUndefined();
  });

  test('takes nothing that is not of the form it reads', async () => {
    await createMappingMemory(schema).put('f1', MAPPING);
    const stranger = await openDB(DATABASE);
    await stranger.put('mappings', { role: 'password', zone: 'x' }, 'f1');
    stranger.close();
    expect(await createMappingMemory(schema).get('f1')).toBeUndefined();
  });

  test('forgets everything when it is cleared', async () => {
    const memory = createMappingMemory(schema);
    await memory.put('f1', MAPPING);
    await memory.clear();
    expect(await memory.get('f1')).toBeUndefined();
    expect(await createMappingMemory(schema).get('f1')).toBeUndefined();
  });

  test('lets a newer version of the app upgrade while it is open, and then remembers nothing', async () => {
    const memory = createMappingMemory(schema);
    await memory.put('f1', MAPPING);
    const newer = await openDB(DATABASE, 2);
    expect(await newer.get('mappings', 'f1')).toEqual(MAPPING);
    await memory.put('f2', MAPPING);
    expect(await memory.get('f1')).toBeUndefined();
    newer.close();
  });

  test('remembers nothing where the browser refuses to store, and tries again later', async () => {
    const memory = createMappingMemory(schema);
    const allowed = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      await memory.put('f1', MAPPING);
      expect(await memory.get('f1')).toBeUndefined();
    } finally {
      if (allowed === undefined) Reflect.deleteProperty(globalThis, 'indexedDB');
      else Object.defineProperty(globalThis, 'indexedDB', allowed);
    }
    await memory.put('f1', MAPPING);
    expect(await memory.get('f1')).toEqual(MAPPING);
  });
});
