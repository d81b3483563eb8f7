import type { AppError } from '../core/errors';

/** nothing: there is no dataset; failed: the last save did not come about, and the session goes on unkept. */
export type KeepingPhase = 'nothing' | 'unkept' | 'saving' | 'kept' | 'failed';

/** Whether the dataset in force is kept on this device, and the way to one that was kept before. */
export interface Keeper {
  readonly phase: KeepingPhase;
  /** 0..1 of the save under way. */
  readonly share: number;
  /** Why the last save failed. */
  readonly error: AppError | null;
  /** In the library, of the dataset in force. */
  readonly openId: string | null;
  /** The kept dataset that is being opened. */
  readonly opening: { readonly id: string; readonly share: number } | null;
  /** Whether the next import is kept; samples never are unless asked for. */
  keepsNext: boolean;
  /** Off removes the dataset in force from the library; nothing of it touches the disk from then on. */
  setKept(isKept: boolean): Promise<void>;
  /** Saves again after a failure. */
  retry(): Promise<void>;
  /** Calls off what is under way: a save or an opening. */
  cancel(): void;
  /** Replaces the dataset in force; false when cancelled or failed, and the person has been told. */
  open(id: string): Promise<boolean>;
}
