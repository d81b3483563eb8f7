import type { Attachment } from 'svelte/attachments';

/**
 * Tells the inner width of the element it is attached to, in CSS pixels: at once, and after each change.
 * A change is told in the next frame: a chart that redraws inside the observer's own turn can change
 * its width again, which the browser reports as an error of the page.
 */
export function onWidth(report: (width: number) => void): Attachment<HTMLElement> {
  return (element) => {
    report(element.clientWidth);
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => report(element.clientWidth));
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  };
}
