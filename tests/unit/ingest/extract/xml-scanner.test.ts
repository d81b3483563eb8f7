import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenXml, decodeXml, LongXml, readAttribute, XmlScanner } from '../../../../src/ingest/extract/xml-scanner';

const XML =
  '<?xml version="1.0"?><!-- a > b --><x:book a="1 > 0"><row r="1" hidden="1"/><t>a &lt; b</t ><t><![CDATA[c & <d>]]></t></x:book>\n';

/** What the scanner tells of a text that comes in the pieces given, neighbouring texts as one. */
function told(pieces: readonly string[]): string[] {
  const events: string[] = [];
  let text = '';
  const flush = (): void => {
    if (text.trim() !== '') events.push(`text ${decodeXml(text)}`);
    text = '';
  };
  const scanner = new XmlScanner(
    {
      wantsText: true,
      open: (name, attributes) => (flush(), void events.push(`open ${name}${attributes}`)),
      close: (name) => (flush(), void events.push(`close ${name}`)),
      text: (raw) => void (text += raw),
    },
    1000,
  );
  for (const piece of pieces) scanner.push(piece);
  scanner.end();
  return events;
}

describe('XML is read piece by piece', () => {
  const expected = [
    'open book a="1 > 0"',
    'open row r="1" hidden="1"',
    'close row',
    'open t',
    'text a < b',
    'close t',
    'open t',
    'text c & <d>',
    'close t',
    'close book',
  ];

  test('tags, texts and sections are told in their order', () => {
    expect(told([XML])).toEqual(expected);
  });

  test('wherever it is cut, the same is told', () => {
    fc.assert(
      fc.property(fc.nat(XML.length), fc.nat(XML.length), (one, other) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(told([XML.slice(0, first), XML.slice(first, second), XML.slice(second)])).toEqual(expected);
      }),
    );
  });

  test.each(['<a><b></b>', '<a', '<a>text', '<a><!-- '])('%s is broken', (xml) => {
    expect(() => told([xml])).toThrow(BrokenXml);
  });

  test.each([
    ['a tag', `<a b="${'x'.repeat(1000)}`],
    ['a text in pieces', '<a>' + 'x'.repeat(1001)],
  ])('%s past the limit is refused', (_, xml) => {
    expect(() => told([xml.slice(0, 500), xml.slice(500)])).toThrow(LongXml);
  });
});

test.each([
  [' r="A1" s="2"', 's', '2'],
  [" ar='1' r = '2'", 'r', '2'],
  [' r="a &amp; &#x4E2D;&#25991;"', 'r', 'a & 中文'],
  [' rs="1"', 'r', null],
  [' r=', 'r', null],
])('of%s the attribute %s is %s', (attributes, name, value) => {
  expect(readAttribute(attributes, name)).toBe(value);
});

test('entities that XML does not have stay as written', () => {
  expect(decodeXml('&nbsp;&#1114112;&quot;')).toBe('&nbsp;&#1114112;"');
});
