import { StringDecoder } from 'node:string_decoder';

/** etcd holds no object above 1.5 MiB; escaped and wrapped by the API server it stays well below this. */
const maxLineLength = 16 * 1024 * 1024;

/** The lines of a stream of UTF-8, without their ends; a rest without an end is not a line and is dropped. */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineLength) throw new Error(`a line is longer than ${maxLineLength} characters`);
    yield* lines;
  }
}
