import { isCancel, throwIfAborted, toAppError, type AppError } from '../core/errors';
import type { KeptPart } from '../library/library';
import { inspectProjectFile, openProjectFile, type ProjectFacts } from '../library/project-file/read-project';
import { PROJECT_ENDING, writeProjectFile, type ProjectToWrite } from '../library/project-file/write-project';

export interface CapturedProject extends ProjectToWrite {
  /** Of the file, without its ending. */
  readonly name: string;
}

/** Where projects are taken from and put into place. */
export interface ProjectPlace {
  /** @param withData false: `parts` are null, and nothing in the document was taken from a value of the data */
  capture(withData: boolean): Promise<CapturedProject>;
  /**
   * Puts a project in place of what is open. The document may be anything that is JSON, and the parts any
   * bytes: both come from a file that somebody made.
   *
   * @param hasData without it the document is a recipe for the files that come next
   * @throws AppError; then, as when `parts` throw, what was open is as it was
   */
  restore(document: unknown, parts: AsyncIterable<KeptPart>, hasData: boolean): Promise<void>;
}

/** A project file that was opened and has not been agreed to yet. */
export interface OfferedProject {
  readonly name: string;
  readonly facts: ProjectFacts;
}

export type ProjectWork = 'saving' | 'checking' | 'placing';

/** Saves what is open as one file, and opens such files; one at a time. */
export class ProjectFileSession {
  readonly #place: ProjectPlace;
  readonly #deliver: (file: Blob, name: string) => void;
  #file: File | null = null;
  #offered = $state.raw<OfferedProject | null>(null);
  #work = $state<ProjectWork | null>(null);
  #share = $state<number | null>(null);
  #error = $state.raw<AppError | null>(null);
  #saved = $state.raw<{ readonly name: string; readonly bytes: number } | null>(null);
  #running: AbortController | null = null;

  /** @param deliver hands a finished file to the person */
  constructor(place: ProjectPlace, deliver: (file: Blob, name: string) => void) {
    this.#place = place;
    this.#deliver = deliver;
  }

  get offered(): OfferedProject | null {
    return this.#offered;
  }

  /** What is under way. */
  get work(): ProjectWork | null {
    return this.#work;
  }

  /** 0..1 of the work under way; null while it cannot be known. */
  get share(): number | null {
    return this.#share;
  }

  /** Why the last work was not done. */
  get error(): AppError | null {
    return this.#error;
  }

  /** The file that was handed over last. */
  get saved(): { readonly name: string; readonly bytes: number } | null {
    return this.#saved;
  }

  /**
   * Hands over a file of what is open. What went wrong is in `error`; a cancel is silent.
   *
   * @param passphrase encrypts the file; there is no way back in without it
   */
  async save(withData: boolean, passphrase?: string): Promise<void> {
    this.#saved = null;
    await this.#run('saving', async (signal, onProgress) => {
      const captured = await this.#place.capture(withData);
      const file = await writeProjectFile(captured, { passphrase, signal, onProgress });
      throwIfAborted(signal);
      const name = captured.name + PROJECT_ENDING;
      this.#deliver(file, name);
      this.#saved = { name, bytes: file.size };
    });
  }

  /** Shows a file to the person, who takes it or not. Throws as `inspectProjectFile`. */
  async offer(file: File): Promise<void> {
    this.cancel();
    const facts = await inspectProjectFile(file);
    this.#file = file;
    this.#error = null;
    this.#offered = { name: file.name, facts };
  }

  /** Puts the project offered in place. What went wrong is in `error`, and the project stays on offer. */
  async accept(passphrase?: string): Promise<void> {
    const file = this.#file;
    if (file === null || this.#offered === null) return;
    const { hasData } = this.#offered.facts;
    await this.#run('checking', async (signal, onProgress) => {
      const { document, parts } = await openProjectFile(file, { passphrase, signal, onProgress });
      throwIfAborted(signal);
      this.#work = 'placing';
      this.#share = null;
      await this.#place.restore(document, parts, hasData);
      // Another file may be on offer by now.
      if (file === this.#file) this.#withdraw();
    });
  }

  decline(): void {
    this.cancel();
    this.#withdraw();
  }

  /** Calls off what is under way. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Forgets how the last work ended. */
  forget(): void {
    this.#error = null;
    this.#saved = null;
  }

  #withdraw(): void {
    this.#file = null;
    this.#offered = null;
    this.#error = null;
  }

  async #run(
    work: ProjectWork,
    run: (signal: AbortSignal, onProgress: (share: number) => void) => Promise<void>,
  ): Promise<void> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    this.#work = work;
    this.#share = null;
    this.#error = null;
    try {
      await run(running.signal, (share) => {
        if (running === this.#running) this.#share = share;
      });
    } catch (error) {
      if (running === this.#running && !isCancel(error)) this.#error = toAppError(error);
    } finally {
      if (running === this.#running) {
        this.#running = null;
        this.#work = null;
      }
    }
  }
}
