import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppError } from '#lib/protocol/errors.ts';
import type { AsciicastHeader } from '#lib/recordings/asciicast.ts';
import { Recorder } from './recorder.ts';

const header: AsciicastHeader = {
  version: 3,
  term: { cols: 80, rows: 24, type: 'xterm-256color' },
  timestamp: 1,
  title: 't',
  command: 'c',
  ephemera: { owner: 'me', context: 'c', user: 'u', namespace: 'n', pod: 'p', container: 'x', image: undefined },
};

/** A recorder on a clock and a file of the test's. */
function record({ maxBytes = 1e9, append = async (_text: string) => {} } = {}) {
  let now = 1_000;
  let text = '';
  const failures: AppError[] = [];
  const recorder = new Recorder({
    header,
    maxBytes,
    now: () => now,
    onFailed: (error) => failures.push(error),
    file: {
      async append(lines) {
        await append(lines);
        text += lines;
      },
      async close() {},
    },
  });
  return {
    recorder,
    failures,
    wait: (ms: number) => {
      now += ms;
    },
    events: () =>
      text
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line) as [number, string, string]),
    text: () => text,
  };
}

test('output, sizes, marks and the exit code, each with the time since the one before', async () => {
  const { recorder, wait, events, text } = record();
  recorder.output(Buffer.from('one'));
  wait(5);
  recorder.output(Buffer.from(' two'));
  wait(1_500);
  recorder.output(Buffer.from('three'));
  wait(100);
  recorder.resize(100, 30);
  recorder.mark('here');
  recorder.exit(3);
  await recorder.stop();
  assert.deepEqual(JSON.parse(text().split('\n')[0] ?? ''), JSON.parse(JSON.stringify(header)));
  assert.deepEqual(events(), [
    [0, 'o', 'one two'],
    [1.505, 'o', 'three'],
    [0.1, 'r', '100x30'],
    [0, 'm', 'here'],
    [0, 'x', '3'],
  ]);
});

test('a character in two pieces is one; what is not UTF-8 and what could end a line do no harm', async () => {
  const { recorder, wait, events } = record();
  const bytes = Buffer.from('é\n"\u2028\u001b[31m');
  recorder.output(bytes.subarray(0, 1));
  wait(1_000);
  recorder.output(bytes.subarray(1));
  recorder.output(Uint8Array.of(0xff, 0xc3));
  await recorder.stop();
  assert.equal(
    events()
      .map(([, , data]) => data)
      .join(''),
    'é\n"\u2028\u001b[31m\ufffd\ufffd',
  );
});

test('what was printed is in the file within a quarter of a second, without any end', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { recorder, events } = record();
  recorder.output(Buffer.from('soon'));
  t.mock.timers.tick(250);
  await new Promise(setImmediate);
  assert.deepEqual(events(), [[0, 'o', 'soon']]);
});

test('a full disk ends the recording with words, and nothing else', async () => {
  const { recorder, failures } = record({
    append: async () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    },
  });
  recorder.output(Buffer.from('x'));
  await recorder.stop();
  recorder.output(Buffer.from('y'));
  assert.deepEqual(
    failures.map(({ message }) => message),
    ['The recording was stopped: the disk is full.'],
  );
});

test('a recording is as large as one may be, and then ends', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { recorder, failures, text } = record({ maxBytes: 1_000 });
  for (let i = 0; i < 10; i++) {
    recorder.output(Buffer.alloc(500, 'x'));
    t.mock.timers.tick(250);
    await new Promise(setImmediate);
  }
  assert.match(failures[0]?.message ?? '', /as large as one may be/);
  assert.ok(text().length < 2_500);
});

test('a disk that takes nothing is given up before memory is', () => {
  const { recorder, failures } = record({ append: () => new Promise(() => {}) });
  for (let i = 0; i < 40; i++) recorder.output(Buffer.alloc(1024 * 1024, 'x'));
  assert.match(failures[0]?.message ?? '', /too slow/);
});
