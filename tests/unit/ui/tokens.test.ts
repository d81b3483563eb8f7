import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Theme = 'light' | 'dark';

const css = readFileSync(fileURLToPath(new URL('../../../src/ui/tokens.css', import.meta.url)), 'utf8');

/** Every token written as light-dark(#rrggbb, #rrggbb); the print rules come after and are left out. */
const pairs = new Map(
  [...css.matchAll(/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

function color(token: string, theme: Theme): string {
  const pair = pairs.get(token);
  if (pair === undefined) throw new Error(`no colour token --${token}`);
  return pair[theme];
}

function linearRgb(hex: string): [number, number, number] {
  const channel = (start: number): number => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = linearRgb(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB. */
const VISION: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Ottosson 2020) of a colour as an eye with that vision sees it, scaled so that 100 is black to white. */
function seen(hex: string, vision: string): [number, number, number] {
  const rgb = linearRgb(hex);
  const matrix = VISION[vision] ?? [];
  const [r = 0, g = 0, b = 0] = matrix.map((row) =>
    Math.max(0, Math.min(1, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])),
  );
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    100 * (0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s),
    100 * (1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s),
    100 * (0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s),
  ];
}

const TWELVE = Array.from({ length: 12 }, (_, index) => index + 1);

describe('the contrast formula', () => {
  it('gives 21 for black on white and 4.54 for #767676 on white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const ratio = (front: string, back: string): number => contrast(color(front, theme), color(back, theme));
  const tooFaint = (fronts: readonly string[], backs: readonly string[], least: number): string[] =>
    fronts.flatMap((front) =>
      backs.flatMap((back) => (ratio(front, back) < least ? [`${front} on ${back}: ${ratio(front, back)}`] : [])),
    );

  it('all text reads at 4.5:1 on every surface it stands on', () => {
    expect(tooFaint(['ink', 'ink-2', 'ink-3', 'accent'], ['paper', 'sheet', 'wash'], 4.5)).toEqual([]);
    expect(tooFaint(['ink', 'ink-2', 'ink-3', 'accent'], ['accent-wash'], 4.5)).toEqual([]);
    expect(tooFaint(['good', 'ink'], ['good-wash'], 4.5)).toEqual([]);
    expect(tooFaint(['good'], ['sheet'], 4.5)).toEqual([]);
    expect(tooFaint(['warn', 'ink'], ['warn-wash'], 4.5)).toEqual([]);
    expect(tooFaint(['on-accent'], ['accent'], 4.5)).toEqual([]);
    expect(tooFaint(['paper'], ['ink'], 4.5)).toEqual([]);
  });

  it('text on a category or on a step of the ramp reads at 4.5:1', () => {
    for (const position of TWELVE) expect(ratio(`on-seg-${position}`, `seg-${position}`)).toBeGreaterThanOrEqual(4.5);
    for (const step of [0, 1, 2, 3, 4]) expect(ratio(`on-ramp-${step}`, `ramp-${step}`)).toBeGreaterThanOrEqual(4.5);
  });

  it('edges of controls, the focus ring and categories stand out at 3:1', () => {
    const marks = ['edge', 'focus', ...TWELVE.map((position) => `seg-${position}`)];
    expect(tooFaint(marks, ['paper', 'sheet'], 3)).toEqual([]);
  });

  it('the ramp goes one way in lightness', () => {
    const fromPaper = [0, 1, 2, 3, 4].map((step) => ratio(`ramp-${step}`, 'paper'));
    expect(fromPaper).toEqual(fromPaper.toSorted((a, b) => a - b));
  });

  it.each(Object.keys(VISION))('no two categories look alike with %s vision', (vision) => {
    const colors = TWELVE.map((position) => seen(color(`seg-${position}`, theme), vision));
    const alike = colors.flatMap((a, i) =>
      colors.slice(i + 1).flatMap((b, j) => {
        const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        return distance < 5 ? [`seg-${i + 1} and seg-${i + j + 2}: ${distance.toFixed(1)}`] : [];
      }),
    );
    expect(alike).toEqual([]);
  });
});
