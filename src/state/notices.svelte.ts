/** A word to the person that passes: what happened, and at most one thing to do about it. */
export interface PassingNotice {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'warning' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** The toasts on screen, newest last; errors stay until closed. */
export class Notices {
  #list = $state.raw<readonly PassingNotice[]>([]);
  #nextId = 1;

  get list(): readonly PassingNotice[] {
    return this.#list;
  }

  show(notice: Omit<PassingNotice, 'id'>): void {
    this.#list = [...this.#list, { ...notice, id: this.#nextId++ }];
  }

  close(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }
}
