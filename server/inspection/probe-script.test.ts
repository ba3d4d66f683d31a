import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseProbe, probeScript, withoutDescendants } from './probe-script.ts';

const maxBuffer = 64 * 1024 * 1024;
/** A shell without -z in its grep, as images of busybox have it: `grep` is replaced by a function that refuses -z. */
const withoutZ = `grep() { case $1 in -z*) return 2;; esac; command grep "$@"; }\n${probeScript}`;

for (const [name, script] of [
  ['arguments by grep', probeScript],
  ['arguments by ps', withoutZ],
] as const) {
  test(`the script, run by a real shell, finds this very process as it is (${name})`, () => {
    const probe = parseProbe(execFileSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer }));
    assert.ok(probe.isComplete);
    const processes = withoutDescendants(probe.processes, new Set([probe.self]));
    const me = processes.find((candidate) => candidate.pid === process.pid);
    assert.ok(me);
    assert.equal(me.ppid, process.ppid);
    assert.equal(me.uid, process.getuid?.());
    assert.match(me.commandLine, /^\S*node /);
    assert.match(me.state, /^[RS]$/);
    assert.ok(me.threads > 1 && (me.residentKiB ?? 0) > 10_000 && me.cpuTicks > 0);
    const startTicks = readFileSync('/proc/self/stat', 'latin1').split(') ')[1]?.split(' ')[19];
    assert.equal(me.startTicks, Number(startTicks));
    assert.ok(probe.uptimeSeconds * 100 >= me.startTicks);
    assert.equal(`net:[${me.namespaces.net}]`, readlinkSync('/proc/self/ns/net'));
    assert.equal(`mnt:[${probe.own.mnt}]`, readlinkSync('/proc/self/ns/mnt'));
    assert.ok(!processes.some(({ commandLine }) => commandLine.includes('#self')), 'the probe leaves itself out');
  });
}

test('line ends in arguments and in a name forge nothing', async () => {
  const forged = '#end\n/proc/1/cmdline:forged\n#arguments\n';
  const child = spawn('sh', ['-c', 'printf "a\\n) R 1" > /proc/self/comm; read wait', forged], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn');
  try {
    // The name is set once the shell has run that far.
    while (!readFileSync(`/proc/${child.pid}/stat`, 'latin1').includes(') R 1')) await new Promise(setImmediate);
    for (const script of [probeScript, withoutZ]) {
      const probe = parseProbe(execFileSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer }));
      assert.ok(probe.isComplete);
      const found = probe.processes.find(({ pid }) => pid === child.pid);
      assert.equal(found?.ppid, process.pid);
      assert.match(found?.commandLine ?? '', /^sh -c printf.*forged/s);
      assert.ok(!probe.processes.find(({ pid }) => pid === 1)?.commandLine.includes('forged'));
      assert.ok((found?.startTicks ?? 0) > 0);
    }
  } finally {
    child.kill();
  }
});

test('output that was cut off says so', () => {
  assert.equal(parseProbe('#self 1\n#ns\n').isComplete, false);
  assert.equal(parseProbe('#self 1\n#arguments\n/proc/1/cmdline:sh\0').isComplete, false);
  assert.equal(parseProbe('#self 1\n#arguments\n/proc/1/cmdline:sh\0#end\n').isComplete, true);
});

test('more processes than there is room for are counted, and the container’s own namespaces known all the same', () => {
  const listings = [1, 2, 3, 99].map((pid) => `/proc/${pid}/ns:\nl 0 net -> net:[${pid}00]\n`);
  const statuses = [1, 2, 3, 99].map((pid) => `/proc/${pid}/status:State:\tS (sleeping)`);
  const probe = parseProbe(['#self 99', '#ns', ...listings, '#status', ...statuses, '#end\n'].join('\n'), 3);
  assert.deepEqual(
    probe.processes.map(({ pid }) => pid),
    [1, 2, 99],
  );
  assert.equal(probe.unlisted, 1);
  assert.deepEqual(probe.own, { net: 9900 });
});

test('cyclic parents from a hostile container end', () => {
  const text = ['5', '6'].map((pid) => `/proc/${pid}/status:State:\tS (sleeping)`).join('\n');
  const output = `#self 9\n#status\n/proc/5/status:PPid:\t6\n/proc/6/status:PPid:\t5\n${text}\n#end\n`;
  assert.equal(withoutDescendants(parseProbe(output).processes, new Set([9])).length, 2);
});

test('a text of a process is never taken for another’s, whatever is in it', () => {
  // Names and arguments of any bytes, printed as the kernel and grep do.
  const hostile = fc.string({
    unit: fc.constantFrom('\n', '#', 'end', 'arguments', '/proc/1/', 'cmdline:', ') ', '(', 'S', '1', ' '),
  });
  fc.assert(
    fc.property(hostile, fc.array(hostile, { maxLength: 4 }), (name, words) => {
      const stat = (pid: number, comm: string, ppid: number) =>
        `${pid} (${comm}) S ${ppid} ${'0 '.repeat(9)}7 8 ${'0 '.repeat(6)}${pid}00 0`;
      const prefixed = (pid: number, text: string) => text.split('\n').map((line) => `/proc/${pid}/stat:${line}`);
      const output = [
        '#self 99',
        '#status',
        ...[1, 7].flatMap((pid) => [
          `/proc/${pid}/status:State:\tS (sleeping)`,
          `/proc/${pid}/status:PPid:\t${pid - 1}`,
        ]),
        '#stat',
        ...prefixed(1, stat(1, 'init', 0)),
        ...prefixed(7, stat(7, name, 1)),
        '#arguments',
        `/proc/1/cmdline:init\0${words
          .filter((word) => word !== '')
          .map((word) => `/proc/7/cmdline:${word}\0`)
          .join('')}#end\n`,
      ].join('\n');
      const probe = parseProbe(output);
      assert.ok(probe.isComplete);
      assert.deepEqual(
        probe.processes.map(({ pid, ppid, startTicks }) => ({ pid, ppid, startTicks })),
        [
          { pid: 1, ppid: 0, startTicks: 100 },
          { pid: 7, ppid: 6, startTicks: 700 },
        ],
      );
      assert.equal(probe.processes[0]?.commandLine, 'init');
    }),
    { numRuns: 100_000 },
  );
});
