import { expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../../.ci/content-security-policy';
import { pngBlob, standaloneSvg } from '../../../src/charts/export-image';
import { onStage } from '../ui/on-stage';
import FramedBars from './FramedBars.svelte';

test('a chart is saved as a picture under the policy that ships', async () => {
  const screen = await onStage(FramedBars, {});
  const svg = screen.container.querySelector<SVGSVGElement>('.drawing svg');
  if (svg === null) throw new Error('no chart');

  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = CONTENT_SECURITY_POLICY;
  document.head.append(policy);

  // The policy is in force: a string that becomes markup is refused.
  expect(() => (document.createElement('div').innerHTML = '<b>x</b>')).toThrow(TypeError);
  await expect.poll(() => violations.length).toBe(1);
  violations.length = 0;

  const blob = await pngBlob(svg, { title: 'Under the policy' });
  const image = await createImageBitmap(blob);
  expect(image.width).toBe(2 * (Number(svg.getAttribute('width')) + 32));
  expect(standaloneSvg(svg, { title: 'x' }).querySelectorAll('rect').length).toBeGreaterThan(6);
  expect(violations).toEqual([]);
});
