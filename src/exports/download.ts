/** How long the address of a file stays good after the click: browsers may still be reading it. */
const ADDRESS_LIFE_MS = 60_000;

const EXTENSION = /\.[A-Za-z0-9]{1,8}$/;
/** Characters that some file system refuses, controls, halves of pairs, and marks that turn a name around. */
const REFUSED = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const MOST_CHARACTERS = 100;

/** A file name every system takes, made from any text: `fallback` where nothing of it is left. */
export function safeFileName(name: string, extension: string, fallback: string): string {
  const cleaned = name
    .replace(REFUSED, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/g, '');
  const stem = Array.from(cleaned).slice(0, MOST_CHARACTERS).join('').trim();
  return `${stem === '' || RESERVED.test(stem) ? fallback : stem}.${extension}`;
}

/** Hands a file to the person as a download. */
export function deliverFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  link.download = extension === '' ? name : safeFileName(name.slice(0, -extension.length), extension.slice(1), 'file');
  link.href = URL.createObjectURL(file);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LIFE_MS);
}
