import { expect, test, vi } from 'vitest';
import DropZone from '../../../src/ui/DropZone.svelte';
import { onStage } from './on-stage';

function transferOf(...names: string[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const name of names) transfer.items.add(new File(['a,b\n1,2\n'], name));
  return transfer;
}

const drag = (type: string, dataTransfer: DataTransfer): boolean =>
  document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));

test('files dropped anywhere are handed over together, and the page is not left', async () => {
  const onfiles = vi.fn<(files: File[]) => void>();
  const screen = await onStage(DropZone, { onfiles, label: 'Drop the orders here' });
  const transfer = transferOf('a.csv', 'b.csv');
  drag('dragenter', transfer);
  await expect.element(screen.getByText('Drop the orders here')).toBeVisible();
  const goesOn = drag('drop', transfer);
  expect(goesOn).toBe(false);
  expect(onfiles.mock.calls.map(([files]) => files.map((file) => file.name))).toEqual([['a.csv', 'b.csv']]);
  await expect.element(screen.getByText('Drop the orders here')).not.toBeInTheDocument();
});

test('leaving the window with the files takes the overlay away', async () => {
  const screen = await onStage(DropZone, { onfiles: () => undefined });
  const transfer = transferOf('a.csv');
  drag('dragenter', transfer);
  drag('dragenter', transfer);
  drag('dragleave', transfer);
  await expect.element(screen.getByText('Drop the files anywhere')).toBeVisible();
  drag('dragleave', transfer);
  await expect.element(screen.getByText('Drop the files anywhere')).not.toBeInTheDocument();
});

test('a drag of text is not ours', async () => {
  const onfiles = vi.fn();
  const screen = await onStage(DropZone, { onfiles });
  const transfer = new DataTransfer();
  transfer.setData('text/plain', 'words');
  drag('dragenter', transfer);
  expect(drag('drop', transfer)).toBe(true);
  await expect.element(screen.getByText('Drop the files anywhere')).not.toBeInTheDocument();
  expect(onfiles).not.toHaveBeenCalled();
});

test('text pasted on the page is taken, text pasted into a field is not', async () => {
  const ontext = vi.fn();
  await onStage(DropZone, { onfiles: () => undefined, ontext });
  const field = document.createElement('input');
  document.body.append(field);
  const paste = (target: HTMLElement): void => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'a\tb\n1\t2');
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  };
  paste(field);
  expect(ontext).not.toHaveBeenCalled();
  paste(document.body);
  expect(ontext.mock.calls).toEqual([['a\tb\n1\t2']]);
  field.remove();
});
