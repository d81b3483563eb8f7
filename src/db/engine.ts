import type { RecordBatch, Schema } from 'apache-arrow';
import type { SqlValue } from '../core/sql';
import type { LoadProgress } from './db';

export interface EngineResult {
  readonly schema: Schema;
  readonly batches: readonly RecordBatch[];
}

/** The few things an engine build must do; everything else is shared by browser and Node. */
export interface Engine {
  /** Runs a text without values. `cancel` interrupts it. */
  run(text: string): Promise<EngineResult>;
  /** Runs a prepared text with one bound value. */
  bind(text: string, value: SqlValue): Promise<void>;
  insert(table: string, ipc: Uint8Array): Promise<void>;
  /** Puts a file into the engine's memory, for statements to read and write. Takes the buffer. */
  putFile(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The bytes of a file. */
  copyFile(name: string): Promise<Uint8Array<ArrayBuffer>>;
  dropFile(name: string): Promise<void>;
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** Opens an engine. `onDeath` must be called once if it stops answering for good. */
export type OpenEngine = (
  onProgress: (progress: LoadProgress) => void,
  onDeath: (cause: unknown) => void,
) => Promise<Engine>;
