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

/** A name every file system takes: separators and reserved signs become hyphens, at most 80 characters. */
export function safeFileName(name: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are just what must go
  const plain = name.normalize('NFC').replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*\s]+/g, '-');
  const trimmed = Array.from(plain)
    .slice(0, 80)
    .join('')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return trimmed === '' ? 'silhouette' : trimmed;
}
