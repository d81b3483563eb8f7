import { afterEach, describe, expect, test } from 'vitest';
import type { ChartPins, ShownChart } from '../../../src/charts/chart-page';
import { lightDrawing } from '../../../src/charts/export-image';
import { drawing } from '../../../src/exports/drawing-markup';
import { onStage } from '../ui/on-stage';
import PlacedBars from './PlacedBars.svelte';

type Screen = Awaited<ReturnType<typeof onStage>>;

afterEach(() => {
  delete document.documentElement.dataset['theme'];
});

async function openMenu(screen: Screen): Promise<void> {
  await screen.getByRole('button', { name: 'Save or copy this chart' }).click();
}

/** What the chart on the stage tells a page that a person composed. */
async function placed(title = ''): Promise<{ readonly screen: Screen; readonly shown: () => ShownChart }> {
  let shown: (() => ShownChart) | undefined;
  const place = {
    title,
    hold: (ask: () => ShownChart) => {
      shown = ask;
      return () => (shown = undefined);
    },
  };
  const screen = await onStage(PlacedBars, { place, chartId: 'bars' });
  return {
    screen,
    shown: () => {
      if (shown === undefined) throw new Error('no chart stands here');
      return shown();
    },
  };
}

describe('the menu of a chart', () => {
  test('pins it by its name, once', async () => {
    const asked: string[] = [];
    const pins: ChartPins = { isPinned: (id) => asked.includes(id), pin: (id) => asked.push(id) > 0 };
    const screen = await onStage(PlacedBars, { pins, chartId: 'bars' });
    await openMenu(screen);
    await screen.getByRole('button', { name: 'Pin to my dashboard' }).click();
    expect(asked).toEqual(['bars']);
    await expect.element(screen.getByRole('status')).toHaveTextContent('On my dashboard');
  });

  test('says so where it is pinned already, and where it cannot be', async () => {
    const pinned = await onStage(PlacedBars, { pins: { isPinned: () => true, pin: () => false }, chartId: 'bars' });
    await openMenu(pinned);
    await expect.element(pinned.getByRole('button', { name: 'On my dashboard' })).toBeDisabled();
    await pinned.unmount();
    const refused = await onStage(PlacedBars, { pins: { isPinned: () => false, pin: () => false }, chartId: 'bars' });
    await openMenu(refused);
    await refused.getByRole('button', { name: 'Pin to my dashboard' }).click();
    await expect.element(refused.getByRole('status')).toHaveTextContent('Not pinned');
  });

  test.each([
    ['a chart without a name', { pins: { isPinned: () => false, pin: () => true } }],
    ['a page without a dashboard', { chartId: 'bars' }],
  ])('has nothing to pin on %s', async (_what, props) => {
    const screen = await onStage(PlacedBars, props);
    await openMenu(screen);
    await expect.element(screen.getByRole('button', { name: 'Data, CSV' })).toBeVisible();
    expect(screen.getByRole('button', { name: /dashboard/ }).elements()).toEqual([]);
  });
});

describe('a chart on a dashboard', () => {
  test('goes by the name that the person gave it, and tells what it shows', async () => {
    const { screen, shown } = await placed('Monday’s bars');
    await expect.element(screen.getByRole('heading', { name: 'Monday’s bars' })).toBeVisible();
    const { drawing: drawn, ...words } = shown();
    expect(drawn).toBe(screen.container.querySelector('.drawing svg'));
    expect(words).toEqual({
      title: 'Monday’s bars',
      subtitle: 'shares',
      summary: 'Lost bring most.',
      table: { columns: [{ label: 'Segment' }], rows: [['Lost']] },
    });
  });

  test('tells of no drawing while its numbers are shown, and is gone with its page', async () => {
    const { screen, shown } = await placed();
    await screen.getByRole('button', { name: 'Show as a table' }).click();
    expect(shown()).toMatchObject({ title: 'Where the revenue sits', drawing: null });
    await screen.unmount();
    expect(shown).toThrow('no chart stands here');
  });
});

test('a chart is made smaller as a whole while the page is printed', async () => {
  const screen = await onStage(PlacedBars, {});
  const svg = screen.container.querySelector('.drawing svg');
  const [width, height] = [svg?.getAttribute('width'), svg?.getAttribute('height')];
  window.dispatchEvent(new Event('beforeprint'));
  expect(svg?.getAttribute('viewBox')).toBe(`0 0 ${width} ${height}`);
  window.dispatchEvent(new Event('afterprint'));
  expect(svg?.hasAttribute('viewBox')).toBe(false);
});

describe('a drawing for a report', () => {
  test('has the colours of the light theme in the dark, and the page keeps its own', async () => {
    const fills = (svg: Element): (string | null)[] =>
      [...svg.querySelectorAll('text')].map((text) => text.getAttribute('fill'));
    const { shown } = await placed();
    const source = shown().drawing;
    if (source === null) throw new Error('no drawing');
    document.documentElement.dataset['theme'] = 'light';
    const light = fills(lightDrawing(source));
    document.documentElement.dataset['theme'] = 'dark';
    const before = document.body.outerHTML;
    expect(fills(lightDrawing(source))).toEqual(light);
    expect(document.body.outerHTML).toBe(before);
    expect(light.every((fill) => fill?.startsWith('rgb'))).toBe(true);
  });

  test('holds shapes and text alone: nothing that runs, fetches, or belongs to the app', () => {
    const hostile = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="steal()">
      <script>steal()</script><style>* { fill: red }</style><image href="/pixel.png"/>
      <a href="/away"><text>linked</text></a><foreignObject><p>page</p></foreignObject>
      <g class="mark" tabindex="0" onclick="steal()" data-mark="7" transform="translate(1 2)">
        <rect width="4" height="3" fill="url(&quot;#hatch&quot;)" stroke="url(/pixel.svg#a)"/>
        <text x="1" text-anchor="end">Can't &lt;lose&gt; <tspan dy="2">&amp; more</tspan></text>
      </g></svg>`;
    const svg = new DOMParser().parseFromString(hostile, 'image/svg+xml').documentElement;
    if (!(svg instanceof SVGSVGElement)) throw new Error('no drawing');
    const { text } = drawing(svg, 'What "it" shows');
    expect(text.replaceAll(/>\s+</g, '><')).toBe(
      '<svg role="img" aria-label="What &quot;it&quot; shows" viewBox="0 0 40 20" width="40">' +
        '<g transform="translate(1 2)"><rect width="4" height="3" fill="url(&quot;#hatch&quot;)"></rect>' +
        '<text x="1" text-anchor="end">Can&#39;t &lt;lose&gt; <tspan dy="2">&amp; more</tspan></text></g></svg>',
    );
  });
});
