import { page, userEvent } from 'vitest/browser';
import { afterEach, expect, test } from 'vitest';
import { findAccessibilityViolations } from '../gallery/accessibility';
import { onStage } from '../ui/on-stage';
import FramedBars from './FramedBars.svelte';

interface Download {
  readonly name: string;
  readonly blob: Blob;
}

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Catches the next file a link would save, reading it from its blob address as the browser does. */
async function nextDownload(start: () => Promise<void>): Promise<Download> {
  const saved = new Promise<Download>((resolve, reject) => {
    const proper = HTMLAnchorElement.prototype.click.bind(document.createElement('a'));
    const click = function (this: HTMLAnchorElement): void {
      const name = this.download;
      fetch(this.href)
        .then((response) => response.blob())
        .then((blob) => resolve({ name, blob }), reject);
    };
    HTMLAnchorElement.prototype.click = click;
    stops.push(() => (HTMLAnchorElement.prototype.click = proper));
  });
  await start();
  return saved;
}

async function save(screen: Awaited<ReturnType<typeof onStage>>, item: string): Promise<Download> {
  return nextDownload(async () => {
    await screen.getByRole('button', { name: 'Save or copy this chart' }).click();
    await screen.getByRole('button', { name: item }).click();
  });
}

async function pixels(blob: Blob): Promise<{ width: number; height: number; colors: number; corner: string }> {
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0);
  const data = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? []);
  const corner = (data[0] ?? 0).toString(16).padStart(8, '0');
  return { width: image.width, height: image.height, colors: new Set(data).size, corner };
}

test.each([
  // The papers of the tokens, as alpha-blue-green-red.
  ['light', 'fff1f7fa'],
  ['dark', 'ff131415'],
])('the PNG of the %s theme shows the chart on its paper, twice as fine as the screen', async (theme, paper) => {
  document.documentElement.dataset['theme'] = theme;
  stops.push(() => delete document.documentElement.dataset['theme']);
  document.body.style.background = 'var(--paper)';
  const screen = await onStage(FramedBars, {});
  const svg = screen.container.querySelector('.drawing svg');
  const { name, blob } = await save(screen, 'Picture, PNG');
  expect(name).toBe('Where-the-revenue-sits.png');
  expect(blob.type).toBe('image/png');
  const image = await pixels(blob);
  expect(image.corner).toBe(paper);
  // Ink, two greys, three categories and the steps between them at the edges.
  expect(image.colors).toBeGreaterThan(20);
  expect(image.width).toBe(2 * (Number(svg?.getAttribute('width')) + 32));
});

test('the SVG stands alone: valid, with its title, resolved colours, and nothing that needs a style sheet', async () => {
  const screen = await onStage(FramedBars, {});
  const { name, blob } = await save(screen, 'Drawing, SVG');
  expect(name).toBe('Where-the-revenue-sits.svg');
  const text = await blob.text();
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  const words = [...parsed.querySelectorAll('text')].map((element) => element.textContent.trim());
  expect(words).toContain('Where the revenue sits');
  expect(words).toContain('冠军客户');
  expect(words).toContain('Can\'t <lose> & "more"');
  expect(text.match(/var\(|light-dark| class=| style=|<script|onclick|tabindex/g)).toBeNull();

  const fills = new Set([...parsed.querySelectorAll('rect')].map((rect) => rect.getAttribute('fill')));
  // --seg-1 of the theme the system is in.
  expect(fills.has('rgb(5, 111, 127)') || fills.has('rgb(63, 124, 145)')).toBe(true);
});

test('the data is saved as CSV that a spreadsheet opens, with raw numbers', async () => {
  const screen = await onStage(FramedBars, {});
  const { name, blob } = await save(screen, 'Data, CSV');
  expect(name).toBe('Where-the-revenue-sits.csv');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(await blob.text()).toBe(
    'Segment,"Customers, %"\r\nChampions,3\r\n冠军客户,2\r\n"Can\'t <lose> & ""more""",1\r\n',
  );
});

test('the numbers are there as a table, in place of the drawing', async () => {
  const screen = await onStage(FramedBars, {});
  await screen.getByRole('button', { name: 'Show as a table' }).click();
  await expect.element(screen.getByRole('cell', { name: '3%' })).toBeVisible();
  expect(screen.container.querySelector('.drawing')).toBeNull();
  expect(await findAccessibilityViolations(screen.container)).toEqual([]);
});

test('the figure carries its text alternative', async () => {
  const screen = await onStage(FramedBars, {});
  const figure = screen.getByRole('figure', { name: 'Where the revenue sits' });
  await expect.element(figure).toHaveAccessibleDescription('Champions bring most.');
});

test.each([
  [360, true],
  [900, false],
])(
  'in %i px the controls of a chart stand below its title: %s; table and menu stay at the top',
  async (width, below) => {
    await page.viewport(width, 600);
    const screen = await onStage(FramedBars, { withControls: true });
    const box = (name: string): DOMRect => screen.getByRole('button', { name }).element().getBoundingClientRect();
    const title = screen.getByRole('heading', { name: 'Where the revenue sits' }).element().getBoundingClientRect();
    const controls = box('Frequency and money, a wide control');
    expect(controls.top >= title.bottom).toBe(below);
    // The title stays on one line.
    expect(title.height).toBeLessThan(24);
    for (const name of ['Show as a table', 'Save or copy this chart']) {
      expect(Math.abs(box(name).top - title.top)).toBeLessThan(10);
      expect(box(name).left).toBeGreaterThan(title.right - 1);
    }
    await page.viewport(1000, 700);
  },
);

test('the legend of a chart is not cut in a narrow frame', async () => {
  await page.viewport(240, 600);
  const screen = await onStage(FramedBars, {});
  const svg = screen.container.querySelector('.drawing svg')?.getBoundingClientRect();
  for (const text of screen.container.querySelectorAll('.legend text')) {
    expect(text.getBoundingClientRect().right).toBeLessThanOrEqual(svg?.right ?? 0);
  }
  await page.viewport(1000, 700);
});

test('Esc closes the menu of a chart and gives the focus back', async () => {
  const screen = await onStage(FramedBars, {});
  const opener = screen.getByRole('button', { name: 'Save or copy this chart' });
  await opener.click();
  await userEvent.keyboard('{ArrowDown}{Escape}');
  await expect.element(opener).toHaveFocus();
  await expect.element(opener).toHaveAttribute('aria-expanded', 'false');
});
