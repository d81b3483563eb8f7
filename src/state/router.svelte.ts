import { ANALYSES } from '../analyses/registry';

/** The rooms of the house, by the first part of the hash. */
export const ROUTES = [
  'start',
  'library',
  'open',
  'accounting',
  'quality',
  'cleaning',
  'identity',
  'policy',
  'privacy',
  'recipe',
  ...ANALYSES,
  'dashboard',
  'audiences',
  'learn',
] as const;
export type Route = (typeof ROUTES)[number];

/** The page shown, kept in the URL's hash: `#/rfm`. The hash never holds data. */
export class Router {
  #route = $state<Route>('start');
  readonly #window: Window;

  constructor(page: Window) {
    this.#window = page;
    this.#route = parseRoute(page.location.hash);
    page.addEventListener('hashchange', () => {
      this.#route = parseRoute(page.location.hash);
    });
  }

  get route(): Route {
    return this.#route;
  }

  go(route: Route): void {
    this.#window.location.hash = hashOf(route);
  }
}

export function hashOf(route: Route): string {
  return route === 'start' ? '#/' : `#/${route}`;
}

export function parseRoute(hash: string): Route {
  const name = /^#\/([a-z]*)/.exec(hash)?.[1] ?? '';
  return ROUTES.find((route) => route === name) ?? 'start';
}
