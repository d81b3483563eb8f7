import type { Format, Locale } from './format';

/** A text, or a function of typed parameters: `never` accepts any of them. */
type Message = string | ((...args: never[]) => string);

/** Literal strings widen to string, so that a translation may differ; signatures stay. */
type Widen<M> = { readonly [K in keyof M]: M[K] extends string ? string : M[K] };

/** A slice's texts: one builder a language, the same keys and parameters in both. */
export interface Catalog<M> {
  readonly build: Readonly<Record<Locale, (format: Format) => M>>;
}

/**
 * Declares a slice's texts. The Chinese builder must return every key of the English one with the
 * same parameters, or the build fails.
 */
export function defineMessages<const M extends Record<string, Message>>(
  en: (format: Format) => M,
  zh: (format: Format) => Widen<NoInfer<M>>,
): Catalog<Widen<M>> {
  return { build: { en: en as unknown as (format: Format) => Widen<M>, zh } };
}
