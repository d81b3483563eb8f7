import { safeFileName, saveBlob } from '../ui/save-file';

const EXTENSION = /\.[A-Za-z0-9]{1,10}$/;

/** Hands a file to the person as a download, under the name as far as a file system takes it. */
export function deliverFile(file: Blob, name: string): void {
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  saveBlob(file, safeFileName(name.slice(0, name.length - extension.length)) + extension);
}
