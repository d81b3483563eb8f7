import type { Locale } from '../i18n/format';
import type { SampleFile, SampleLibrary } from '../samples/sample-library';

/** The making of the sample company's files, with progress and a way to stop. */
export class SampleShelf {
  #share = $state(0);
  #building = $state(false);
  #abort: AbortController | null = null;
  readonly #library: SampleLibrary;

  constructor(library: SampleLibrary) {
    this.#library = library;
  }

  get building(): boolean {
    return this.#building;
  }

  /** 0..1 */
  get share(): number {
    return this.#share;
  }

  /** Every file of the company; throws `cancelled` when stopped. A second call stops the first. */
  async build(locale: Locale, customers: number): Promise<readonly SampleFile[]> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.#building = true;
    this.#share = 0;
    try {
      return await this.#library.build('retail', locale, customers, abort.signal, (share) => (this.#share = share));
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.#building = false;
      }
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }
}
