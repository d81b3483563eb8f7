import { page } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import { findAccessibilityViolations } from './accessibility';
import Gallery from './Gallery.svelte';

const SIZES = [
  { width: 1120, height: 900, name: 'wide' },
  { width: 390, height: 844, name: 'phone' },
] as const;

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

for (const theme of ['light', 'dark'] as const) {
  for (const locale of ['en', 'zh'] as const) {
    for (const { width, height, name } of SIZES) {
      test(`the gallery is accessible and fits at ${width} px, ${theme}, ${locale}`, async () => {
        document.documentElement.dataset['theme'] = theme;
        await page.viewport(width, height);
        const screen = await render(Gallery, { locale });
        await expect.element(screen.getByRole('heading', { level: 1 })).toBeVisible();
        await page.viewport(width, document.documentElement.scrollHeight);
        await page.screenshot({ path: `../../../test-results/gallery/${name}-${theme}-${locale}.png` });
        expect(await findAccessibilityViolations(document.body)).toEqual([]);
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      });
    }
  }
}
