import axe from 'axe-core';

/** What axe-core finds under `root`, one line a rule with the elements it names; empty when clean. */
export async function findAccessibilityViolations(root: Element): Promise<string[]> {
  const { violations } = await axe.run(root as HTMLElement, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // A mounted component is no page: landmarks and the page's heading are the shell's.
    rules: {
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
      'landmark-one-main': { enabled: false },
    },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
