import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { nodeScript, parseNode } from './read-node.ts';

const uid = '2f6ee29c-5b1a-4a53-9d4b-0f6c0f0e3a11';

test('the script, run by a real shell, finds this very process, and not itself', () => {
  const output = execFileSync('sh', ['-c', nodeScript], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const processes = parseNode(output)?.processes;
  const me = processes?.find(({ pid }) => pid === process.pid);
  assert.equal(`mnt:[${me?.namespaces.mnt}]`, readlinkSync('/proc/self/ns/mnt'));
  assert.ok(processes?.every(({ commandLine }) => !commandLine.includes('#mounts')));
});

test('what the kubelet mounts is known by where it is mounted', () => {
  const lines = [
    `700 699 8:1 /var/lib/kubelet/pods/${uid}/containers/web/1a2b /dev/termination-log rw - ext4 /dev/sda1 rw`,
    `701 699 8:1 /var/lib/kubelet/pods/${uid}/etc-hosts /etc/hosts rw - ext4 /dev/sda1 rw`,
    // A volume, whose path the pod chose.
    `702 699 8:1 /var/lib/kubelet/pods/${uid}/volumes/x /etc/hosts2 rw - ext4 /dev/sda1 rw`,
    '703 699 0:1 / /etc/hosts rw - tmpfs none rw',
  ];
  const grep = /'(.*)'/.exec(nodeScript)?.[1] ?? '';
  const matched = execFileSync('grep', ['-aoE', grep], { input: lines.join('\n'), encoding: 'utf8' });
  const mounts = matched.replaceAll(/^/gm, '/proc/7/mountinfo:').replace(/\/proc\/7\/mountinfo:$/, '');
  const rest = '#self 9\n#uptime\n9.00 1\n#status\n/proc/7/status:State:\tS (sleeping)\n#arguments\n#end\n';
  assert.deepEqual(parseNode(`#mounts\n${mounts}${rest}`)?.processes[0]?.kubeletFolders, [
    `/pods/${uid}/containers/web/1a2b`,
    `/pods/${uid}/etc-hosts`,
  ]);
  assert.equal(parseNode(`#mounts\n${mounts}#self 9\n#status\n`), undefined);
});

test('who ended or began while the namespaces were read is not counted as unreadable', () => {
  const stat = (pid: number, state: string, start: number) =>
    `/proc/${pid}/status:State:\t${state}\n/proc/${pid}/stat:${pid} (x) ${state} ${'0 '.repeat(18)}${start}\n`;
  const output = `#mounts\n#self 9\n#uptime\n50.00 1\n#ns\n#status\n${stat(5, 'S', 100)}${stat(6, 'Z', 100)}${stat(7, 'S', 5001)}#arguments\n#end\n`;
  assert.deepEqual(
    parseNode(output)?.processes.map(({ pid }) => pid),
    [5],
  );
});
