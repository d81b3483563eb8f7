import { getContext, setContext } from 'svelte';
import type { App } from '../state/app.svelte';

const KEY = Symbol('app');

/** The services that main.ts built, handed down to every page. */
export function setApp(app: App): void {
  setContext(KEY, app);
}

export function getApp(): App {
  return getContext<App>(KEY);
}
