import type { BrowserCommand } from 'vitest/node';
import { openListener } from './listener.mjs';

let listener: ReturnType<typeof openListener> | undefined;

/** Browser tests cannot listen themselves: Node does, and tells what arrived. */
const listenerPort: BrowserCommand = async () => {
  listener ??= openListener();
  return (await listener).port;
};

const listenerHits: BrowserCommand = async () => (await listener)?.hits() ?? [];

export const listenerCommands = { listenerPort, listenerHits };

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** The port on 127.0.0.1 of an origin that nothing may reach. */
    listenerPort: () => Promise<number>;
    /** What has reached it so far, one line a connection. */
    listenerHits: () => Promise<string[]>;
  }
}
