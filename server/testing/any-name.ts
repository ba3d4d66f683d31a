import fc from 'fast-check';

/** Names as a file system may have them: any bytes but NUL and the slash. */
export const anyName = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => String.fromCharCode(...bytes.filter((byte) => byte !== 0 && byte !== 0x2f)));
