import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { processCommand } from './process-script.ts';
import { detailScript, environmentScript, parseDetail, parseEnvironment } from './read-process.ts';

const startOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19]);

function run(script: string, pid: number, startTicks = startOf(pid)): string {
  const [shell = '', ...words] = processCommand(script, { pid, startTicks });
  return execFileSync(shell, words, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

test('a process is read as it is, whatever its arguments, variables and folder are called', async () => {
  const strange = ['two words', 'line\nend', '$(id)', "'"];
  const env = { A: 'b\nc=d', EMPTY: '', NODE_ENV: 'test' } as const;
  const child = spawn('sh', ['-c', 'echo; read wait', ...strange], { env, cwd: '/usr' });
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  try {
    const detail = parseDetail(run(detailScript, pid));
    assert.deepEqual(detail.arguments, ['sh', '-c', 'echo; read wait', ...strange]);
    assert.deepEqual(detail.workingFolder, { kind: 'read', value: '/usr' });
    assert.deepEqual(detail.executable, { kind: 'read', value: readlinkSync(`/proc/${pid}/exe`) });
    assert.equal(detail.uids.length, 4);
    assert.ok(detail.limits.some(({ name, unit }) => name === 'open files' && unit === 'files'));
    assert.ok(detail.openFiles.kind === 'read');
    assert.deepEqual(
      detail.openFiles.value.files.slice(0, 3).map(({ fd }) => fd),
      [0, 1, 2],
    );
    assert.deepEqual(
      parseEnvironment(run(environmentScript, pid))?.filter((text) => /^(A|EMPTY)=/.test(text)),
      ['A=b\nc=d', 'EMPTY='],
    );
    assert.equal(run(detailScript, pid, 1).trim(), 'gone', 'another process has the pid now');
  } finally {
    child.kill();
  }
});

test('any text at all is taken', () => {
  for (const text of ['', '\0', 'fd 3', 'fd 3\0', '\0arguments\0', 'status\0Uid:\tx\nCapEff:\tzz\n\0'])
    parseDetail(text);
  assert.deepEqual(parseDetail('status\0CapEff:\t0000000000080020\n\0').capabilities, ['KILL', 'SYS_PTRACE']);
});
