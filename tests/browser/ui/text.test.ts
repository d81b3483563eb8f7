import { expect, test } from 'vitest';
import CodeBlock from '../../../src/ui/CodeBlock.svelte';
import MarkdownText from '../../../src/ui/MarkdownText.svelte';
import { onStage } from './on-stage';

test('a note becomes elements, its headings below the level given, and HTML in it stays text', async () => {
  const screen = await onStage(MarkdownText, {
    source: '# Method\n<b onclick=alert(1)>bold</b>\n\n| days |\n|--:|\n| 7 |',
    topLevel: 4,
  });
  await expect.element(screen.getByRole('heading', { level: 4, name: 'Method' })).toBeVisible();
  await expect.element(screen.getByText('<b onclick=alert(1)>bold</b>')).toBeVisible();
  expect(screen.container.querySelector('b')).toBeNull();
  await expect.element(screen.getByRole('cell', { name: '7' })).toHaveClass('number');
});

test('SQL is shown to the letter', async () => {
  const code = `SELECT '</pre><script>' AS x -- it's\nFROM "a b";`;
  const screen = await onStage(CodeBlock, { code });
  expect(screen.container.querySelector('code')?.textContent).toBe(code);
  expect(screen.container.querySelector('script')).toBeNull();
});
