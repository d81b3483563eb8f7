const NAMESPACE = 'http://www.w3.org/2000/svg';
const PADDING = 16;

/** The properties that change how a mark looks; written as attributes, so that no style sheet is needed. */
const PAINT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'opacity',
  'paint-order',
  'visibility',
];
const TYPE = ['font-family', 'font-size', 'font-weight', 'font-style', 'font-variant-numeric', 'text-anchor'];
const DROPPED = [
  'class',
  'style',
  'tabindex',
  'role',
  'aria-pressed',
  'aria-hidden',
  'data-mark',
  'data-row',
  'data-column',
];

export interface ImageHeading {
  readonly title: string;
  readonly subtitle?: string | undefined;
}

/**
 * A copy of the drawing that stands alone: the colours and type in force written into it as attributes,
 * on a ground of the page's colour, under its title. Pixels are CSS pixels. Touches the page only to read.
 */
export function standaloneSvg(source: SVGSVGElement, heading: ImageHeading): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement;
  inline(source, copy);
  const { width, height } = sizeOf(source);
  const page = getComputedStyle(source);
  const ink = page.getPropertyValue('color');
  const headHeight = heading.subtitle === undefined ? 30 : 48;

  const root = document.createElementNS(NAMESPACE, 'svg');
  const fullWidth = width + 2 * PADDING;
  const fullHeight = height + headHeight + 2 * PADDING;
  setAll(root, { width: fullWidth, height: fullHeight, viewBox: `0 0 ${fullWidth} ${fullHeight}` });
  const ground = document.createElementNS(NAMESPACE, 'rect');
  setAll(ground, { width: fullWidth, height: fullHeight, fill: groundColor(source) });
  setAll(copy, { x: PADDING, y: PADDING + headHeight, width, height, overflow: 'visible' });
  root.append(ground, line(heading.title, PADDING + 13, 14, 600, ink, page.fontFamily));
  if (heading.subtitle !== undefined) {
    root.append(line(heading.subtitle, PADDING + 32, 12, 400, ink, page.fontFamily));
  }
  root.append(copy);
  return root;
}

/**
 * A copy of the drawing in the colours of the light theme, whichever is in force, with its looks written into it as
 * attributes and its size in CSS pixels as `width` and `height`.
 */
export function lightDrawing(source: SVGSVGElement): SVGSVGElement {
  const twin = source.cloneNode(true) as SVGSVGElement;
  twin.dataset['theme'] = 'light';
  twin.style.position = 'absolute';
  twin.style.color = 'var(--ink)';
  // It stands beside the source for as long as its colours are read, which the page never paints. In the source itself
  // they would arrive late, by transitions.
  source.after(twin);
  const copy = twin.cloneNode(true) as SVGSVGElement;
  inline(twin, copy);
  twin.remove();
  setAll(copy, sizeOf(source));
  return copy;
}

function sizeOf(source: SVGSVGElement): { readonly width: number; readonly height: number } {
  return {
    width: Number(source.getAttribute('width')) || source.clientWidth,
    height: Number(source.getAttribute('height')) || source.clientHeight,
  };
}

/** The standalone drawing as an SVG file. */
export function svgBlob(source: SVGSVGElement, heading: ImageHeading): Blob {
  const text = new XMLSerializer().serializeToString(standaloneSvg(source, heading));
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`], { type: 'image/svg+xml;charset=utf-8' });
}

/** The same as a PNG, `scale` image pixels to a CSS pixel. Rejects when the browser cannot draw it. */
export async function pngBlob(source: SVGSVGElement, heading: ImageHeading, scale = 2): Promise<Blob> {
  const url = URL.createObjectURL(svgBlob(source, heading));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('canvas gave no image')) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Writes the computed look of `source` and all below it into `copy`, its clone. */
function inline(source: Element, copy: Element): void {
  const style = getComputedStyle(source);
  const isText = source.localName === 'text' || source.localName === 'tspan';
  for (const property of isText ? [...PAINT, ...TYPE] : PAINT) {
    const value = style.getPropertyValue(property);
    if (value !== '') copy.setAttribute(property, value);
  }
  for (const name of DROPPED) copy.removeAttribute(name);
  const children = [...copy.children];
  [...source.children].forEach((child, index) => {
    const twin = children[index];
    if (twin === undefined) return;
    if (getComputedStyle(child).display === 'none') twin.remove();
    else inline(child, twin);
  });
}

/** The first opaque background at or above the drawing. */
function groundColor(source: Element): string {
  for (let element: Element | null = source; element !== null; element = element.parentElement) {
    const color = getComputedStyle(element).backgroundColor;
    if (color !== 'rgba(0, 0, 0, 0)' && color !== 'transparent') return color;
  }
  return 'white';
}

function line(text: string, y: number, size: number, weight: number, fill: string, family: string): SVGTextElement {
  const element = document.createElementNS(NAMESPACE, 'text');
  setAll(element, { x: PADDING, y, fill, 'font-size': size, 'font-weight': weight, 'font-family': family });
  element.textContent = text;
  return element;
}

function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
