import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { type LogReadOptions, readLog } from './log-reader.ts';
import { LogWriter } from './log-writer.ts';

const everything: LogReadOptions = {
  follow: false,
  timestamps: false,
  tailLines: undefined,
  limitBytes: undefined,
  sinceTime: undefined,
};

async function withLog(run: (writer: LogWriter, path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'practice-log-'));
  try {
    const path = join(folder, '0.log');
    await run(new LogWriter(path), path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a log is written to its end even if its folder is removed', () =>
  withLog(async (writer, path) => {
    rmSync(dirname(path), { recursive: true });
    const megabyte = Buffer.alloc(1024 * 1024, 'x\n');
    for (let i = 0; i < 12; i++) writer.write('stdout', megabyte, () => {});
    await closed(writer);
    mkdirSync(dirname(path));
  }));

test('closing twice closes one file', () =>
  withLog(async (writer) => {
    await closed(writer);
    writer.close();
  }));

function closed(writer: LogWriter): Promise<void> {
  return new Promise((resolve) => {
    writer.onChange(() => {
      if (writer.isClosed) resolve();
    });
    writer.close();
  });
}

async function read(path: string, options: Partial<LogReadOptions> = {}): Promise<string> {
  const parts: Buffer[] = [];
  const { signal } = new AbortController();
  for await (const part of readLog({ path, writer: undefined }, { ...everything, ...options }, signal))
    parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}

test('lines are written in the CRI’s format, whatever pieces they come in', () =>
  withLog(async (writer, path) => {
    for (const piece of ['one\r\ntw', 'o\r', '\n', '\nthree']) writer.write('stdout', Buffer.from(piece), () => {});
    writer.write('stderr', Buffer.from([0xff, 0x0a]), () => {});
    await closed(writer);
    const lines = readFileSync(path, 'latin1').split('\n');
    assert.match(lines[0] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stdout F one$/);
    assert.deepEqual(
      lines.map((line) => line.split(' ').slice(1).join(' ')),
      ['stdout F one', 'stdout F two', 'stdout F ', 'stderr F \xff', 'stdout F three', ''],
    );
    assert.equal(await read(path), 'one\ntwo\n\n\xff\nthree\n');
    assert.equal(await read(path, { tailLines: 2 }), '\xff\nthree\n');
    assert.equal(await read(path, { tailLines: 0 }), '');
    assert.equal(await read(path, { limitBytes: 5 }), 'one\nt');
    assert.equal(await read(path, { sinceTime: Date.now() + 60_000 }), '');
  }));

test('a long line is written in parts, and read as one line', () =>
  withLog(async (writer, path) => {
    const long = 'x'.repeat(50_000);
    for (const piece of [`a\n${long.slice(0, 20_000)}`, long.slice(20_000), '\nb\n'])
      writer.write('stdout', Buffer.from(piece), () => {});
    writer.write('stdout', Buffer.from(`${long}\nc\n`), () => {});
    await closed(writer);
    assert.ok(
      readFileSync(path, 'latin1')
        .split('\n')
        .every((line) => line.length < 17_000),
    );
    assert.equal(await read(path), `a\n${long}\nb\n${long}\nc\n`);
  }));
