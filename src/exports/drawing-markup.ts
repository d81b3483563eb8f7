import { joined, Markup, markup } from './markup';

const ELEMENTS = new Set(
  'g path rect circle ellipse line polyline polygon text tspan defs pattern clipPath linearGradient stop'.split(' '),
);
const ATTRIBUTES = new Set(
  [
    'id x y x1 y1 x2 y2 cx cy r rx ry dx dy d points width height viewBox transform preserveAspectRatio overflow',
    'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-linejoin stroke-linecap',
    'opacity paint-order visibility font-family font-size font-weight font-style font-variant-numeric text-anchor',
    'dominant-baseline clip-path patternUnits patternTransform clipPathUnits gradientUnits offset stop-color',
  ]
    .join(' ')
    .split(' '),
);
/** A reference to anything but a part of the same page. */
const FOREIGN = /url\(\s*["']?(?!["']?#)/i;

/**
 * A drawing with its looks written into it (charts/export-image), to stand in the middle of a page: shapes and text
 * alone. Whatever else was in it is left out, so that it can neither run nor fetch anything. As wide as its place allows.
 * @param words what it shows, for those who do not see it
 */
export function drawing(svg: SVGSVGElement, words: string): Markup {
  const [width, height] = [svg.getAttribute('width') ?? '0', svg.getAttribute('height') ?? '0'];
  return markup`<svg role="img" aria-label="${words}" viewBox="0 0 ${width} ${height}" width="${width}">${childrenOf(svg)}</svg>`;
}

function childrenOf(element: Element): Markup {
  return joined(
    [...element.childNodes].flatMap((child) => {
      if (child.nodeType === Node.TEXT_NODE) return [markup`${child.textContent ?? ''}`];
      return child instanceof Element && ELEMENTS.has(child.localName) ? [shape(child)] : [];
    }),
  );
}

function shape(element: Element): Markup {
  const name = new Markup(element.localName);
  const attributes = [...element.attributes]
    .filter(({ name: key, value }) => ATTRIBUTES.has(key) && !FOREIGN.test(value))
    .map(({ name: key, value }) => markup` ${new Markup(key)}="${value}"`);
  return markup`<${name}${joined(attributes)}>${childrenOf(element)}</${name}>`;
}
