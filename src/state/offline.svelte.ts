import type { PageMessage, WorkerMessage } from '../offline/offline-contract';
import { registerServiceWorker } from '../offline/register';

/** `none`: there is no service worker (yet), as on a page that is not served securely. The app works all the same. */
export type OfflinePhase = 'none' | 'storing' | 'interrupted' | 'ready';

/** A newer version of the site that waits; `later` when the person has said so. */
export type UpdateOffer = 'none' | 'offered' | 'later';

/** What Chromium hands out when the app may be installed; no type in the DOM library has it. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** The first screen and the first data come before what is stored for later. */
const QUIET_MS = 3000;

/** How far the site is stored for use without a network, whether a newer version waits, whether it may be installed. */
export class Offline {
  #phase = $state<OfflinePhase>('none');
  #bytes = $state(0);
  #ofBytes = $state(0);
  #hasNetwork = $state(true);
  #update = $state<UpdateOffer>('none');
  #installEvent = $state.raw<InstallEvent | null>(null);
  #registration: ServiceWorkerRegistration | null = null;
  #isStopped = false;
  readonly #page: Window;

  constructor(page: Window) {
    this.#page = page;
    this.#hasNetwork = page.navigator.onLine;
    page.addEventListener('offline', () => (this.#hasNetwork = false));
    page.addEventListener('online', () => {
      this.#hasNetwork = true;
      if (this.#phase === 'interrupted') this.#storeAll();
    });
    page.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#installEvent = event as InstallEvent;
    });
    page.addEventListener('appinstalled', () => (this.#installEvent = null));
  }

  get phase(): OfflinePhase {
    return this.#phase;
  }

  /** 0..1 of the site's bytes. */
  get share(): number {
    return this.#ofBytes === 0 ? 0 : this.#bytes / this.#ofBytes;
  }

  /** Bytes stored so far; of the whole site when ready. */
  get bytes(): number {
    return this.#bytes;
  }

  /** False when the browser is sure that there is none; true proves nothing. */
  get hasNetwork(): boolean {
    return this.#hasNetwork;
  }

  get update(): UpdateOffer {
    return this.#update;
  }

  get canInstall(): boolean {
    return this.#installEvent !== null;
  }

  /** Stores the whole site once the page is quiet. Call once. Where there are no service workers nothing happens. */
  async start(isBusy: () => boolean): Promise<void> {
    const container = this.#page.navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (container === undefined) return;
    this.#follow(container);
    do await new Promise((next) => setTimeout(next, QUIET_MS));
    while (isBusy());
    if (this.#isStopped) return;
    try {
      this.#registration = await registerServiceWorker(container);
    } catch {
      return;
    }
    this.#awaitUpdates(this.#registration);
    await container.ready;
    this.#storeAll();
  }

  /** Puts the offer of a newer version aside, or back on the screen. */
  postpone(): void {
    this.#update = 'later';
  }

  offerAgain(): void {
    this.#update = 'offered';
  }

  /** Reloads the page into the newer version. What is open and not kept is lost: only a person's click may call it. */
  async reload(): Promise<void> {
    const waiting = this.#registration?.waiting ?? null;
    if (waiting !== null) {
      await new Promise<void>((done) => {
        waiting.addEventListener('statechange', () => {
          if (waiting.state !== 'activating') done();
        });
        send(waiting, { kind: 'take-over' });
      });
    }
    this.#page.location.reload();
  }

  /** Shows the browser's own question whether to install the app. */
  async install(): Promise<void> {
    const event = this.#installEvent;
    this.#installEvent = null;
    await event?.prompt();
  }

  /** Stores nothing from now on: what is kept is about to be erased. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Asks that what is kept be deleted once no page of ours is left. Nobody answers: the page is on its way out. */
  forget(): void {
    this.#tell({ kind: 'forget' });
  }

  #storeAll(): void {
    if (!this.#isStopped) this.#tell({ kind: 'store-all' });
  }

  #tell(message: PageMessage): void {
    const worker = this.#registration?.active ?? null;
    if (worker !== null) send(worker, message);
  }

  #follow(container: ServiceWorkerContainer): void {
    container.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind !== 'interrupted') this.#bytes = data.bytes;
      if (data.kind === 'storing') this.#ofBytes = data.ofBytes;
      this.#phase = data.kind === 'stored' ? 'ready' : data.kind;
    });
    let { controller } = container;
    container.addEventListener('controllerchange', () => {
      // Another tab has taken the newer version; this one goes on with its own until the person reloads it.
      if (controller !== null) this.offerAgain();
      controller = container.controller;
    });
  }

  #awaitUpdates(registration: ServiceWorkerRegistration): void {
    const look = (): void => {
      if (registration.waiting !== null && registration.active !== null) this.offerAgain();
    };
    const followInstall = (): void => registration.installing?.addEventListener('statechange', look);
    registration.addEventListener('updatefound', followInstall);
    followInstall();
    look();
  }
}

function send(worker: ServiceWorker, message: PageMessage): void {
  worker.postMessage(message);
}
