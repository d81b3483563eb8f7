/** The files of a drag or a paste, folders left out, in the order given. Empty when it carries none. */
export function filesOf(transfer: DataTransfer | null): File[] {
  if (transfer === null) return [];
  return [...transfer.items].flatMap((item) => {
    if (item.kind !== 'file' || item.webkitGetAsEntry()?.isDirectory === true) return [];
    return item.getAsFile() ?? [];
  });
}

/** True while a drag carries files (their content stays hidden until the drop). */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true;
}

/** Typing belongs to the field it happens in: a paste there is no import. */
export function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable=true]') !== null;
}
