import { neighbour, type TipContent } from './marks';

export interface TipPlace {
  readonly x: number;
  readonly y: number;
}

/** What the marks of one chart share: the tooltip shown, and which mark Tab leads to. */
export class MarkGroup {
  #content = $state.raw<TipContent | null>(null);
  #place = $state.raw<TipPlace>({ x: 0, y: 0 });
  #active = $state<string | null>(null);

  get content(): TipContent | null {
    return this.#content;
  }

  /** Viewport pixels the tooltip points at. */
  get place(): TipPlace {
    return this.#place;
  }

  /** The key of the mark that was focused last; Tab comes back to it. */
  get active(): string | null {
    return this.#active;
  }

  /** A mark was reached by the keyboard: its tooltip stands at its upper edge. */
  focused(key: string, element: Element, content: TipContent): void {
    this.#active = key;
    const box = element.getBoundingClientRect();
    this.showAt({ x: box.left + box.width / 2, y: box.top }, content);
  }

  pointed(event: PointerEvent, content: TipContent): void {
    this.showAt({ x: event.clientX, y: event.clientY - 6 }, content);
  }

  showAt(place: TipPlace, content: TipContent): void {
    this.#content = content;
    this.#place = place;
  }

  hide(): void {
    this.#content = null;
  }

  /** Moves focus between the marks of `svg` by the arrow keys, Home and End. True when it moved. */
  move(event: KeyboardEvent, svg: Element | null | undefined): boolean {
    const marks = [...(svg?.querySelectorAll<SVGElement>('[data-mark]') ?? [])];
    const from = marks.find((mark) => mark === event.target);
    if (from === undefined) return false;
    const placeOf = (mark: SVGElement): { row: number; column: number } => ({
      row: Number(mark.dataset['row']),
      column: Number(mark.dataset['column']),
    });
    const there = neighbour(event.key, placeOf(from), marks.map(placeOf));
    if (there === undefined) return false;
    event.preventDefault();
    marks.find((mark) => placeOf(mark).row === there.row && placeOf(mark).column === there.column)?.focus();
    return true;
  }
}
