import { jsonString } from './json-strings';

/** Where in the objects around the rows the reading is: keys from the top, joined by points. */
export class JsonPath {
  readonly #around: string[] = [];
  #value = '';

  /** The path of the value that comes next; '' at the top. */
  get value(): string {
    return this.#value;
  }

  get isAtTop(): boolean {
    return this.#around.length === 0;
  }

  key(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    const around = this.#around.at(-1) ?? '';
    const key = jsonString(bytes, from, to, hasEscapes);
    this.#value = around === '' ? key : `${around}.${key}`;
  }

  enterObject(): void {
    this.#around.push(this.#value);
  }

  leaveObject(): void {
    this.#around.pop();
    this.valueEnded();
  }

  valueEnded(): void {
    this.#value = this.#around.at(-1) ?? '';
  }

  restart(): void {
    this.#around.length = 0;
    this.#value = '';
  }
}
