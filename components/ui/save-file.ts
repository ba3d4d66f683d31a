/** Makes the browser save a file. */
export function saveBlob(blob: Blob, file: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function saveText(text: string, type: string, file: string): void {
  saveBlob(new Blob([text], { type }), file);
}
