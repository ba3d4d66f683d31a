import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readLog } from './log-reader.ts';
import { LogWriter } from './log-writer.ts';

test('a follower of a log misses no file while it is rotated', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-reader-test-'));
  const block = Buffer.from(`${'x'.repeat(999)}\n`.repeat(20));
  // Few blocks at a time keep the followers close to the end, where files change their names.
  const [rounds, blocks, followers] = [20, 12, 3];
  try {
    for (let round = 0; round < rounds; round++) {
      const writer = new LogWriter(join(folder, `${round}/0.log`), { maxFileBytes: 10_000, maxFiles: blocks });
      const followed = Array.from({ length: followers }, () => countBytes(writer));
      for (let i = 0; i < blocks; i++) await writeBlock(writer, block);
      writer.close();
      assert.deepEqual(await Promise.all(followed), new Array(followers).fill(blocks * block.length));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function countBytes(writer: LogWriter): Promise<number> {
  const options = {
    follow: true,
    timestamps: false,
    tailLines: undefined,
    limitBytes: undefined,
    sinceTime: undefined,
  };
  let bytes = 0;
  for await (const part of readLog({ path: writer.path, writer }, options, new AbortController().signal))
    bytes += part.length;
  return bytes;
}

function writeBlock(writer: LogWriter, block: Buffer): Promise<void> {
  return new Promise((written) => {
    const stop = writer.onChange(() => {
      stop();
      written();
    });
    writer.write('stdout', block, () => {});
  });
}
