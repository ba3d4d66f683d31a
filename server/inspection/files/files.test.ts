import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { OpenedFile } from '#lib/files/file-entry.ts';
import { encodeName, fromBytes } from '#lib/files/file-path.ts';
import { pieceBytes } from '#lib/protocol/requests/file-streams.ts';
import { explainFileEnd, fileCommand } from './file-script.ts';
import { streamScript } from './file-stream.ts';
import { findScript, parseFound } from './find-files.ts';
import { openScript, parseOpened } from './open-file.ts';
import { uploadScript } from './upload-file.ts';

/** Names as a file system may have them: any bytes but NUL and the slash. */
const anyName = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map((bytes) => String.fromCharCode(...bytes.filter((byte) => byte !== 0 && byte !== 0x2f)));

/** The scripts are run by this machine's own shell; the folder stands for a container's root. */
const at = { namespace: 'shop', pod: 'web', container: 'web' };
/** As the real one, nobody could put it into a name. */
const mark = 'known-to-nobody';
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'ephemera-files-'));
});
after(() => rmSync(folder, { recursive: true }));

interface RunOptions {
  extra?: string[];
  input?: Uint8Array;
  root?: object;
}

function run(script: string, path: string, { extra = [], input, root = {} }: RunOptions = {}) {
  const [shell = '', ...words] = fileCommand(script, { ...at, ...root, path }, ...extra);
  return spawnSync(shell, words, { encoding: 'latin1', maxBuffer: 64 * 1024 * 1024, ...(input && { input }) });
}

/** What a stream of a file brings to a reader who stays: its input ends only after the mark. */
async function read(path: string, root = {}): Promise<{ content: string; status: number | null }> {
  const [shell = '', ...words] = fileCommand(streamScript, { ...at, ...root, path }, 'whole', '0', mark);
  const child = spawn(shell, words, { stdio: ['pipe', 'pipe', 'ignore'] });
  let content = '';
  for await (const bytes of child.stdout.setEncoding('latin1')) {
    content += bytes;
    if (content.endsWith(mark)) child.stdin.end();
  }
  const status = child.exitCode ?? (await once(child, 'exit'))[0];
  child.stdin.destroy();
  return { content: content.replace(new RegExp(`${mark}$`), ''), status };
}

const onBusybox = {
  // Other shells write again what a signal breaks off: they could not fail.
  skip: spawnSync('busybox', ['true']).status === 0 ? false : 'this machine has no busybox',
  // Without the mark the shell waits for ever.
  timeout: 10_000,
};

test('a reader that is slow gets the mark, though the pipe is full when it is written', onBusybox, async (context) => {
  const path = join(folder, 'as-long-as-a-pipe');
  writeFileSync(path, Buffer.alloc(pieceBytes));
  const command = fileCommand(streamScript, { ...at, path: fromBytes(path) }, 'piece', '0', mark);
  const slowly = '"$@" | { sleep 0.2; cat; }';
  const child = spawn('sh', ['-c', slowly, 'sh', 'busybox', ...command], { stdio: ['pipe', 'pipe', 'ignore'] });
  let end = '';
  context.after(() => child.stdin.destroy());
  for await (const bytes of child.stdout.setEncoding('latin1')) {
    end = (end + bytes).slice(-mark.length);
    if (end === mark) child.stdin.end();
  }
  assert.equal(end, mark);
});

function open(path: string, root = {}): OpenedFile {
  const { stdout, stderr } = run(openScript, path, { extra: [mark], root });
  const opened = parseOpened(stdout, mark);
  assert.ok(opened, `${stdout}${stderr}`);
  return opened;
}

const strange = [
  'two words',
  'line\nend',
  '$(touch pwned)',
  '`id`',
  "it's",
  '"',
  '-rf',
  '*',
  '\xff\xfe',
  '.hidden',
  'mark stat 81a4 0 0 1 1 x',
  '\nmark end\n',
  'back\\slash',
  '%41',
];

test('names of any bytes are listed as they are, and run nothing', async () => {
  const names = join(folder, 'names');
  mkdirSync(names);
  for (const name of strange) writeFileSync(Buffer.from(join(names, name), 'latin1'), name.length.toString());
  const opened = open(fromBytes(names));
  assert.ok(opened.kind === 'folder');
  assert.deepEqual(
    opened.entries.map(({ name }) => name).sort(),
    strange.map((name) => fromBytes(name).slice(1)).sort(),
  );
  for (const name of strange) {
    const path = fromBytes(`${names}/${name}`);
    assert.equal((await read(path)).content, String(name.length), JSON.stringify(name));
    const found = open(path);
    assert.ok(found.kind === 'file' && found.path === path && found.entry.size === String(name.length).length);
  }
  const { stdout } = run(findScript, fromBytes(names), { extra: ['t'] });
  assert.deepEqual(
    new Set(parseFound(stdout).paths),
    new Set(strange.filter((name) => /t/i.test(name)).map((name) => fromBytes(`${names}/${name}`))),
  );
  assert.ok(!readdirLatin1(names).includes('pwned'));
});

function readdirLatin1(path: string): string[] {
  return execFileSync('ls', ['-a', path], { encoding: 'latin1' }).split('\n');
}

test('four thousand files with names of any bytes are listed by a real shell, each with its own size', () => {
  const many = join(folder, 'many');
  mkdirSync(many);
  const names = [...new Set(fc.sample(anyName, 4_000))].filter((name) => name !== '' && name !== '.' && name !== '..');
  for (const [index, name] of names.entries())
    writeFileSync(Buffer.from(`${many}/${name}`, 'latin1'), 'x'.repeat(index % 100));
  const opened = open(fromBytes(many));
  assert.ok(opened.kind === 'folder');
  assert.deepEqual(
    new Map(opened.entries.map(({ name, size }) => [name, size])),
    new Map(names.map((name, index) => [encodeName(name), index % 100])),
  );
});

test('links are followed inside of a process’s root, wherever they point', async () => {
  const root = join(folder, 'root');
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc/passwd'), 'of the container');
  for (const [link, target] of [
    ['absolute', '/etc/passwd'],
    ['upwards', '../../../../../../etc/passwd'],
    ['etc/again', '/absolute'],
    ['circle', '/circle'],
    ['folder', '/etc/'],
    ['line\nend', '/etc/passwd'],
  ] as const)
    symlinkSync(target, join(root, link));
  const child = await enter(root);
  try {
    const process = { pid: child.pid, startTicks: startOf(child.pid ?? 0) };
    for (const path of ['/absolute', '/upwards', '/etc/again', '/folder/passwd', '/folder/again', '/line%0Aend']) {
      const { content, status } = await read(path, process);
      assert.equal(content, 'of the container', `${path} ${status}`);
      assert.equal(open(path, process).path, '/etc/passwd');
    }
    assert.equal(run(streamScript, '/circle', { extra: ['whole'], root: process }).status, 107);
    assert.equal(run(openScript, '/', { extra: ['mark'], root: { ...process, startTicks: 1 } }).status, 101);
    const listed = open('/', process);
    assert.ok(listed.kind === 'folder');
    assert.equal(listed.entries.find(({ name }) => name === 'absolute')?.target, '/etc/passwd');
    assert.equal(listed.entries.find(({ name }) => name === 'line%0Aend')?.target, '/etc/passwd');
  } finally {
    child.kill('SIGKILL');
  }
});

function startOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19]);
}

/** A process whose root this folder is, in namespaces of its own. */
async function enter(root: string): Promise<ChildProcess> {
  const stay = 'mount --bind "$1" "$1" && cd "$1" && mkdir -p old && pivot_root . old && echo in && read wait';
  const child = spawn('unshare', ['-r', '-m', 'sh', '-c', stay, 'sh', root], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const text of child.stdout) if (String(text).includes('in')) break;
  return child;
}

test('what can’t be had says why', () => {
  const words = (path: string, script: string, ...extra: string[]) => {
    const { status, stderr } = run(script, path, { extra });
    const end = { kind: 'exit', exitCode: status ?? -1 } as const;
    return explainFileEnd(end, stderr, { ...at, path })?.message;
  };
  assert.match(words(fromBytes(`${folder}/none`), openScript, 'mark') ?? '', /^There is no /);
  assert.match(words('/dev/zero', streamScript, 'whole') ?? '', /may never end/);
  assert.match(words(fromBytes(folder), streamScript, 'whole') ?? '', /not a file/);
  assert.match(words('/proc/version', findScript, 'x') ?? '', /not a folder/);
});

test('who leaves ends what was read for them', async () => {
  const [shell = '', ...words] = fileCommand(streamScript, { ...at, path: '/proc/version' }, 'end');
  const child = spawn(shell, words, { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  child.stdin.end();
  const [code] = await once(child, 'exit');
  assert.notEqual(code, 0, 'tail did not end by itself');
});

test('an upload comes whole or not at all, and writes over only what it may', () => {
  const path = fromBytes(`${folder}/new file`);
  const content = Buffer.from('a\0b\n');
  assert.equal(run(uploadScript, path, { extra: ['4', 'false'], input: content }).status, 0);
  assert.deepEqual(readFileSync(join(folder, 'new file')), content);
  assert.equal(run(uploadScript, path, { extra: ['4', 'false'], input: content }).status, 108);
  assert.equal(run(uploadScript, path, { extra: ['1', 'true'], input: Buffer.from('x') }).status, 0);
  assert.equal(readFileSync(join(folder, 'new file'), 'utf8'), 'x');
  assert.equal(run(uploadScript, path, { extra: ['9', 'true'], input: Buffer.from('cut') }).status, 110);
  assert.equal(readFileSync(join(folder, 'new file'), 'utf8'), 'x');
  assert.deepEqual(
    readdirLatin1(folder).filter((name) => name.startsWith('.ephemera')),
    [],
  );
  assert.equal(
    run(uploadScript, fromBytes(`${folder}/none/new`), { extra: ['1', 'false'], input: Buffer.from('x') }).status,
    103,
  );
});
