import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { LogLines } from '#lib/logs/log-lines.ts';
import { readLog, readMerged } from './read-logs.ts';

/** Serves these bytes, in these pieces, to every request. */
async function serve(pieces: Uint8Array[]) {
  const server = createServer(async (_request, response) => {
    for (const piece of pieces) {
      response.write(piece);
      await new Promise(setImmediate);
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const handlers = { signal: new AbortController().signal, onOpen() {}, onLines() {} };
const all = (lines: LogLines) => Array.from({ length: lines.length }, (_, index) => lines.at(index));

test('a character that is cut between two pieces is one character', async () => {
  const bytes = new TextEncoder().encode('naïve\n');
  await using server = await serve([bytes.subarray(0, 3), bytes.subarray(3)]);
  const lines = new LogLines();
  await readLog({ name: 'web', address: server.address }, { lines, ...handlers });
  assert.deepEqual(all(lines), ['naïve']);
});

test('a last character that is cut by the end of a log is shown as a replacement character', async () => {
  const bytes = new TextEncoder().encode('1970 €');
  await using server = await serve([bytes.subarray(0, -1)]);
  const source = { name: 'web', address: server.address };
  const alone = new LogLines();
  await readLog(source, { lines: alone, ...handlers });
  assert.deepEqual(all(alone), ['1970 \uFFFD']);
  const merged = new LogLines();
  await readMerged([source], { lines: merged, showsTimes: true, ...handlers });
  assert.deepEqual(all(merged), ['web │ 1970 \uFFFD']);
});
