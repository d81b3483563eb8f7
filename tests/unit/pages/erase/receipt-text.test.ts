import { expect, it } from 'vitest';
import { createFormat } from '../../../../src/i18n/format';
import type { EraseReceipt } from '../../../../src/library/erase';
import { eraseMessages } from '../../../../src/pages/erase/messages';
import { receiptText } from '../../../../src/pages/erase/receipt-text';

const RECEIPT: EraseReceipt = {
  gone: [
    { kind: 'service-worker', name: 'https://shop.example/', files: null },
    { kind: 'database', name: 'silhouette-pseudonyms', files: null },
    { kind: 'cache', name: 'silhouette https://shop.example/ 1', files: 71 },
    { kind: 'setting', name: 'silhouette.theme', files: null },
  ],
  held: [{ name: 'silhouette-library', gone: Promise.resolve() }],
  bytesBefore: 1_234_567,
  bytesAfter: null,
  elapsedMs: 41.6,
};

function text(locale: 'en' | 'zh', held: readonly string[]): string {
  const format = createFormat(locale);
  const facts = { receipt: RECEIPT, held, address: 'https://shop.example/', when: '2026-11-22 10:00' };
  return receiptText(facts, eraseMessages.build[locale](format), format);
}

it('a receipt names all that went, when, where, and what another tab still holds', () => {
  expect(text('en', ['silhouette-library'])).toBe(
    `Silhouette: receipt of an erasing
Erased: 2026-11-22 10:00
Address: https://shop.example/

4 things are gone, in 42 ms.
Kept for this address before: 1.2 MB, after: not told (the browser’s estimate, which may lag behind).
Not gone when this was saved, held open by another tab: silhouette-library

- Offline helper (service worker): https://shop.example/
- The key of the pseudonyms: silhouette-pseudonyms
- Program files, for use without a network (71): silhouette https://shop.example/ 1
- Setting: silhouette.theme
`,
  );
});

it('a database that was held and has gone since is among what went', () => {
  expect(text('zh', [])).toContain('- 另一个标签页曾打开着 silhouette-library，现已一并清除。\n');
  expect(text('zh', [])).not.toContain('尚未清除');
});
