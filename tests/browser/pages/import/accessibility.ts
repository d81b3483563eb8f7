import axe from 'axe-core';
import { page } from 'vitest/browser';

/** What axe-core finds in the page as it stands, in both themes and at both widths: rule and element. */
export async function findings(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      await page.viewport(width, 900);
      document.documentElement.dataset['theme'] = theme;
      // Let media queries and transitions come to rest before colours are measured.
      await new Promise((next) => setTimeout(next, 250));
      const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
      for (const violation of violations) {
        for (const node of violation.nodes) found.push(`${theme} ${width} ${violation.id}: ${node.html.slice(0, 120)}`);
      }
    }
  }
  return found;
}
