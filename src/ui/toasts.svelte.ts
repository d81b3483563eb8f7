export type ToastKind = 'info' | 'good' | 'warn' | 'error';

export interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface ToastRequest {
  readonly text: string;
  readonly kind?: ToastKind | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** Milliseconds on screen; null = until dismissed. Default 6 s, and null for errors and for those with an action. */
  readonly showMs?: number | null | undefined;
}

/** The short messages on screen, newest last. Made once by the composition root, shown by Toasts.svelte. */
export class ToastQueue {
  #items = $state.raw<readonly Toast[]>([]);
  #nextId = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get items(): readonly Toast[] {
    return this.#items;
  }

  /** Shows a message and returns its id. */
  show(request: ToastRequest): number {
    const id = this.#nextId++;
    const kind = request.kind ?? 'info';
    this.#items = [...this.#items, { id, kind, text: request.text, action: request.action }];
    const stays = kind === 'error' || request.action !== undefined;
    const showMs = request.showMs === undefined ? (stays ? null : 6000) : request.showMs;
    if (showMs !== null)
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), showMs),
      );
    return id;
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#items = this.#items.filter((toast) => toast.id !== id);
  }
}
