import { createRawSnippet, type Component, type ComponentProps, type Snippet } from 'svelte';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import Stage from './Stage.svelte';

/** Mounts a component with a language in context. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the props are checked against the component given
export async function onStage<C extends Component<any>>(
  component: C,
  props: ComponentProps<C>,
  locale: 'en' | 'zh' = 'en',
): Promise<Awaited<ReturnType<typeof render<typeof Stage>>>> {
  return render(Stage, { props: { component, props, locale } });
}

/** A snippet of fixed markup; must have one root element. */
export function markup(html: string): Snippet {
  return createRawSnippet(() => ({ render: () => html }));
}
