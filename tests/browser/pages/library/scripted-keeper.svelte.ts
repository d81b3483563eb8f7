import type { AppError } from '../../../../src/core/errors';
import type { Keeper } from '../../../../src/state/keeper';

/** A keeper whose state the test sets, and that notes what it is asked for. */
export class ScriptedKeeper implements Keeper {
  phase = $state<Keeper['phase']>('nothing');
  share = $state(0);
  error = $state.raw<AppError | null>(null);
  openId = $state<string | null>(null);
  opening = $state.raw<Keeper['opening']>(null);
  keepsNext = $state(true);
  readonly asked: string[] = [];

  async setKept(isKept: boolean): Promise<void> {
    this.asked.push(isKept ? 'keep' : 'stop keeping');
  }

  async retry(): Promise<void> {
    this.asked.push('retry');
  }

  cancel(): void {
    this.asked.push('cancel');
  }

  async open(id: string): Promise<boolean> {
    this.asked.push(`open ${id}`);
    return true;
  }
}
