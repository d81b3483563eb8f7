import type { Page } from '@playwright/test';

interface Drill {
  method: string;
  calls: number;
  deaths: number;
}

/** Makes it possible to kill the page's workers at a chosen call. Before the page is opened. */
export async function installDrill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const drill: Drill = { method: '', calls: 0, deaths: 0 };
    class MortalWorker extends Worker {
      override postMessage(message: unknown, rest?: unknown): void {
        super.postMessage(message, rest as Transferable[]);
        const { path, type } = message as { readonly path?: readonly string[]; readonly type?: string };
        if ((path?.at(-1) ?? type) !== drill.method || --drill.calls !== 0) return;
        drill.deaths++;
        this.terminate();
      }
    }
    Object.assign(globalThis, { drill, Worker: MortalWorker });
  });
}

/**
 * The worker that is asked for the `call`-th time from now on to do `method` dies at once: a method of ours
 * by its name, one of the engine's by the type of its message.
 */
export async function killAt(page: Page, method: string, call = 1): Promise<void> {
  await page.evaluate(
    ([name, calls]) => Object.assign((globalThis as unknown as { drill: Drill }).drill, { method: name, calls }),
    [method, call] as const,
  );
}

/** Workers killed so far. */
export async function deaths(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { drill: Drill }).drill.deaths);
}
