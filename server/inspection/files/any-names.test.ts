import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeName, toPrintf } from '#lib/files/file-path.ts';
import { parseNetwork } from '../network/network-script.ts';
import { parseDetail } from '../read-process.ts';
import { parseFound } from './find-files.ts';
import { parseOpened } from './open-file.ts';

/** Names as a file system may have them: any bytes but NUL and the slash. */
const anyName = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => String.fromCharCode(...bytes.filter((byte) => byte !== 0 && byte !== 0x2f)));

const mark = 'known-to-nobody';

test('100,000 listings of names of any bytes name each file by its own bytes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 5 }), (all) => {
      const names = all.filter((name) => name !== '' && name !== '.' && name !== '..');
      const lines = names.map((name, index) => `${mark} stat 81a4 0 0 ${index} 1 ./${name}\n`);
      const opened = parseOpened(`${mark} real /a\n${mark} folder\n${lines.join('')}${mark} end\n`, mark);
      assert.ok(opened?.kind === 'folder');
      assert.deepEqual(
        opened.entries.map(({ name, size }) => [name, size]),
        names.map((name, index) => [encodeName(name), index]),
      );
    }),
    { numRuns: 100_000 },
  );
});

test('no output at all breaks the parsers, and no name is taken for another’s', () => {
  const text = fc.string({
    unit: fc.constantFrom('\n', 'mark', ' ', 'stat', '81a4', '0', 'end', 'link', 'target', '/', '\0', './'),
  });
  fc.assert(
    fc.property(text, (output) => {
      parseOpened(output, 'mark');
      parseFound(output);
      parseDetail(output);
      parseNetwork(output, 'mark');
    }),
    { numRuns: 100_000 },
  );
});

test('a shell’s printf gives the bytes back, and nothing is run', () => {
  fc.assert(
    fc.property(anyName, (bytes) => {
      const script = 'printf %b "$1" | od -An -v -tx1';
      const printed = execFileSync('sh', ['-c', script, 'sh', toPrintf(encodeName(bytes))], { encoding: 'utf8' });
      assert.equal(printed.replace(/\s/g, ''), Buffer.from(bytes, 'latin1').toString('hex'));
    }),
    { numRuns: 50 },
  );
});
