const perLine = 16;

/** Lines as `hexdump -C` prints them, each made when it is looked at. */
export function hexLines(bytes: Uint8Array, offset: number): { readonly length: number; at(index: number): string } {
  return {
    length: Math.ceil(bytes.length / perLine),
    at(index) {
      const part = [...bytes.subarray(index * perLine, (index + 1) * perLine)];
      const digits = part.map((byte) => byte.toString(16).padStart(2, '0'));
      const left = digits.slice(0, perLine / 2).join(' ');
      const right = digits.slice(perLine / 2).join(' ');
      const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
      const place = (offset + index * perLine).toString(16).padStart(8, '0');
      return `${place}  ${left.padEnd(23)}  ${right.padEnd(23)}  |${text}|`;
    },
  };
}
