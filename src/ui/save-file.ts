export { safeFileName } from '../core/file-names';

/** Hands a blob to the browser's downloads under the name given. Nothing leaves the machine. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has taken its own reference once the click's task is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
