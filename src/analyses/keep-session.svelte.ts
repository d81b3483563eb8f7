import { untrack } from 'svelte';
import type { Scope, ViewProps } from './analysis';

interface Session<P> {
  readonly params: P;
  setScope(scope: Scope, revision: number, churnWindowDays: number | null): void;
  adopt(params: P): void;
  close(): void;
}

/**
 * The session of a page, kept from visit to visit, and told of the scope in force; its parameters go to the recipe and
 * come back from it. Called once while the page's component is set up.
 */
export function keepSession<P, S extends Session<P>>(name: string, props: () => ViewProps<P>, make: () => S): S {
  const session = untrack(() => props().keep(name, make));
  // The scope comes from outside; taking it starts work, which belongs to no render.
  $effect(() => {
    const { scope, revision, shared } = props();
    const { churnWindowDays } = shared;
    untrack(() => session.setScope(scope, revision, churnWindowDays));
  });
  // What is decided here belongs to the recipe, which lives outside.
  $effect(() => {
    const now = session.params;
    untrack(() => props().onparams(now));
  });
  $effect(() => {
    const wanted = props().params;
    untrack(() => {
      if (wanted !== null && wanted !== session.params) session.adopt(wanted);
    });
  });
  return session;
}
