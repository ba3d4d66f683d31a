import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import { headerDictionary } from './dictionary.ts';

/** Real headers of a stream have a few hundred bytes. A compressed bomb must end early. */
const maxHeaderBytes = 64 * 1024;

/** Reads header blocks. All blocks of a connection are one compressed stream, so they must be read in order. */
export class HeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary: headerDictionary, finishFlush: constants.Z_SYNC_FLUSH });

  read(block: Buffer): Promise<Map<string, string>> {
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      let size = 0;
      const take = (part: Buffer) => {
        size += part.length;
        if (size <= maxHeaderBytes) parts.push(part);
      };
      this.#inflate.on('data', take);
      this.#inflate.once('error', reject);
      this.#inflate.write(block, () => {
        this.#inflate.off('data', take);
        this.#inflate.off('error', reject);
        try {
          if (size > maxHeaderBytes) throw new Error('the headers of a stream are too large');
          resolve(parseHeaders(Buffer.concat(parts)));
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}

/** Writes header blocks, which must be in order too. */
export class HeaderWriter {
  readonly #deflate: Deflate = createDeflate({ dictionary: headerDictionary, flush: constants.Z_SYNC_FLUSH });

  write(headers: ReadonlyMap<string, string>): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      const take = (part: Buffer) => parts.push(part);
      this.#deflate.on('data', take);
      this.#deflate.once('error', reject);
      this.#deflate.write(formatHeaders(headers), () => {
        this.#deflate.off('data', take);
        this.#deflate.off('error', reject);
        resolve(Buffer.concat(parts));
      });
    });
  }
}

function parseHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  let position = 4;
  const text = () => {
    const length = bytes.readUInt32BE(position);
    position += 4 + length;
    if (position > bytes.length) throw new RangeError('a header is longer than its block');
    return bytes.toString('utf8', position - length, position);
  };
  for (let left = bytes.readUInt32BE(0); left > 0; left--) headers.set(text().toLowerCase(), text());
  return headers;
}

function formatHeaders(headers: ReadonlyMap<string, string>): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    return [number(bytes.length), bytes];
  };
  return Buffer.concat([
    number(headers.size),
    ...[...headers].flatMap(([name, value]) => [...text(name), ...text(value)]),
  ]);
}
