import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { parseProbe, probeScript } from './probe-script.ts';

test('the script, run by a real shell, finds this very process with its real namespaces', () => {
  const probe = parseProbe(execFileSync('sh', ['-c', probeScript], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
  assert.ok(probe.isComplete);
  const me = probe.processes.find((candidate) => candidate.pid === process.pid);
  assert.ok(me);
  assert.equal(me.ppid, process.ppid);
  assert.equal(me.uid, process.getuid?.());
  assert.match(me.commandLine, /node/);
  assert.equal(`net:[${me.namespaces.net}]`, readlinkSync('/proc/self/ns/net'));
  assert.equal(`mnt:[${probe.own.mnt}]`, readlinkSync('/proc/self/ns/mnt'));
  assert.ok(
    !probe.processes.some((candidate) => candidate.commandLine.includes('#self')),
    'the probe leaves itself out',
  );
});

test('a command line cannot forge lines, because its line ends are taken out', () => {
  const output = `#self 9\n#status\n/proc/1/status:PPid:\t0\n/proc/1/status:Uid:\t33\t33\t33\t33\n#cmdline\n/proc/1/cmdline:x #ns /proc/1/ns: net -> net:[666]\n#end\n`;
  const [process] = parseProbe(output).processes;
  assert.deepEqual(process, {
    pid: 1,
    ppid: 0,
    uid: 33,
    commandLine: 'x #ns /proc/1/ns: net -> net:[666]',
    cgroups: [],
    namespaces: {},
  });
});

test('output that was cut off says so', () => {
  assert.equal(parseProbe('#self 1\n#ns\n').isComplete, false);
});

test('cyclic parents from a hostile container end', () => {
  const output = '#self 9\n#status\n/proc/5/status:PPid:\t6\n/proc/6/status:PPid:\t5\n#end\n';
  assert.equal(parseProbe(output).processes.length, 2);
});
