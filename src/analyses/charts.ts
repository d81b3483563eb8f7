import type { Component } from 'svelte';
import type { I18n } from '../i18n/i18n.svelte';
import type { CustomerSelection, Scope, SelectionWords, SharedSettings, Source } from './analysis';

/** What every session of an analysis can do, as far as a page that shows its charts needs it. */
export interface ChartSession {
  /** As they stand: some charts change them, such as one whose limits are dragged. */
  readonly params: object;
  readonly result: object | null;
  readonly running: boolean;
  readonly error: { readonly code: string } | null;
  setScope(scope: Scope, revision: number, churnWindowDays: number | null): void;
  /** Takes parameters from outside, as when a change is undone. */
  adopt(params: object): void;
  retry(): void;
  close(): void;
  /** The names of the audiences, where charts tell them apart. */
  setAudiences?(audiences: SharedSettings['audiences']): void;
  /** Lets stand out what is given, in every chart of the session; null lets nothing. */
  setHighlight?(none: null): void;
}

/** What the component of a chart is given. It shows nothing before the session has a result. */
export interface ChartProps<S> {
  readonly session: S;
  readonly selection: CustomerSelection | null;
  readonly onselect: (selection: CustomerSelection, words?: SelectionWords) => void;
}

/** A chart that can stand by itself, with its own frame. */
export interface ChartEntry<S> {
  readonly title: (i18n: I18n) => string;
  readonly view: Component<ChartProps<S>>;
}

/** The charts of an analysis by id, and the session they read. */
export interface AnalysisCharts<P, S extends ChartSession> {
  /**
   * @param params as they were when a chart was pinned; null for the defaults
   * @param suffix for the names of tables that the session makes for itself: other sessions of the analysis have others
   */
  createSession(source: Source, params: P | null, suffix: string): S;
  readonly charts: Readonly<Record<string, ChartEntry<S>>>;
}
