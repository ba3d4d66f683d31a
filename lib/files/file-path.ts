/**
 * Paths on Linux are bytes, and need not be UTF-8. Here a path is text in which every byte that is not a plain character
 * is `%XX`: absolute, without empty parts, `.` or `..`; the root is `/`.
 */
export type FilePath = string;

const plainByte = /[A-Za-z0-9._~@:+=,-]/;
const part = '(?:[A-Za-z0-9._~@:+=,-]|%[0-9A-F]{2})+';
const path = new RegExp(`^/(?:${part}(?:/${part})*)?$`);

export function isFilePath(text: string): boolean {
  return path.test(text) && !/%00|%2F/.test(text) && !text.split('/').some((name) => name === '.' || name === '..');
}

/** A name as its bytes are, one character a byte. */
export function encodeName(bytes: string): string {
  return [...bytes].map((byte) => (plainByte.test(byte) ? byte : percent(byte.charCodeAt(0)))).join('');
}

function percent(byte: number): string {
  return `%${(byte & 0xff).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** One character a byte. */
export function decodeToBytes(encoded: string): string {
  return encoded.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** What somebody typed: `..` leads up, and nowhere above the root. */
export function toFilePath(text: string, from: FilePath = '/'): FilePath {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  const names = text.startsWith('/') ? [] : namesOf(from);
  for (const name of bytes.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(encodeName(name.replaceAll('\0', '')));
  }
  return `/${names.join('/')}`;
}

/** Paths as a container gives them, one character a byte; links in them are resolved already. */
export function fromBytes(bytes: string): FilePath {
  return `/${bytes
    .split('/')
    .filter((name) => name !== '')
    .map(encodeName)
    .join('/')}`;
}

export function namesOf(of: FilePath): string[] {
  return of.split('/').filter((name) => name !== '');
}

export function parentOf(of: FilePath): FilePath {
  return `/${namesOf(of).slice(0, -1).join('/')}`;
}

export function joinPath(folder: FilePath, name: string): FilePath {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** For people: what is not UTF-8 is a replacement sign, and what a screen doesn't show stands there by its number. */
export function showPath(encoded: string): string {
  const bytes = Uint8Array.from(decodeToBytes(encoded), (character) => character.charCodeAt(0));
  return new TextDecoder()
    .decode(bytes)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) =>
      sign === '\n' ? '\\n' : sign === '\t' ? '\\t' : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** For `printf %b`: every byte but the plainest in octal. An argument of it can be no program, whatever the path is. */
export function toPrintf(encoded: string): string {
  return [...decodeToBytes(encoded)]
    .map((byte) => (/[A-Za-z0-9/._-]/.test(byte) ? byte : `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`))
    .join('');
}
