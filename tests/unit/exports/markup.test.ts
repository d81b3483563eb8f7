import { describe, expect, it } from 'vitest';
import { ifGiven, joined, markup, NOTHING } from '../../../src/exports/markup';

describe('markup', () => {
  it('writes a text as a text, in the page and inside an attribute', () => {
    const hostile = `"><script>alert('x')</script>&amp;`;
    expect(markup`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('leaves out the signs that have no place in a page, and keeps line ends, emoji and rare characters', () => {
    expect(markup`${'a\u0000b\u001bc\n\t𠮷👍🏽'}`.text).toBe('abc\n\t𠮷👍🏽');
  });

  it('takes a piece as it is, and joins pieces with nothing between', () => {
    const items = ['a<b', 'c'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${joined(items)}</ul>${NOTHING}${7}`.text).toBe('<ul><li>a&lt;b</li><li>c</li></ul>7');
  });

  it('makes nothing of a text that is not given', () => {
    const paragraph = (text: string): ReturnType<typeof markup> => markup`<p>${text}</p>`;
    expect([undefined, '', '<'].map((text) => ifGiven(text, paragraph).text)).toEqual(['', '', '<p>&lt;</p>']);
  });
});
