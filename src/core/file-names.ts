/** A name every file system takes: separators and reserved signs become hyphens, at most 80 characters. */
export function safeFileName(name: string): string {
  const plain = name.normalize('NFC').replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*\s]+/g, '-');
  const trimmed = Array.from(plain)
    .slice(0, 80)
    .join('')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return trimmed === '' ? 'silhouette' : trimmed;
}
