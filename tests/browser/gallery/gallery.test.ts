import { page } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import { findAccessibilityViolations } from './accessibility';
import Gallery from './Gallery.svelte';

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

const views = (['light', 'dark'] as const).flatMap((theme) =>
  (['en', 'zh'] as const).flatMap((locale) => [1120, 390].map((width) => ({ theme, locale, width }))),
);

test.each(views)('the gallery is accessible and fits: $theme, $locale, $width px', async ({ theme, locale, width }) => {
  document.documentElement.dataset['theme'] = theme;
  await page.viewport(width, 900);
  const screen = await render(Gallery, { locale });
  await expect.element(screen.getByRole('heading', { level: 1 })).toBeVisible();

  expect(await findAccessibilityViolations(document.body)).toEqual([]);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);

  // A part at a time: the whole page in one picture would be scaled down beyond reading.
  const parts = [...screen.container.querySelectorAll('.gallery > *')];
  for (const [index, part] of parts.entries()) {
    if (part.getBoundingClientRect().height === 0) continue;
    await page.screenshot({
      element: part,
      path: `../../../test-results/gallery/${theme}-${locale}-${width}/${String(index).padStart(2, '0')}.png`,
    });
  }
});
