import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildPause, buildWeb, unpackNginx } from './build.ts';
import { aptGet } from './requirements.ts';

interface ImageSpec {
  name: string;
  command: string[];
  user?: string;
  fill(root: string): void;
}

const here = import.meta.dirname;

function specs(): ImageSpec[] {
  const pause = buildPause();
  const web = buildWeb();
  const nginx = unpackNginx(downloadNginx);
  return [
    { name: 'localhost/pause:1', command: ['/pause'], fill: (root) => program(root, pause, 'pause') },
    { name: 'docker.io/library/busybox:1.36', command: ['sh'], fill: busybox },
    { name: 'localhost/toolbox-as-user:1', command: ['sh'], user: '65534', fill: busybox },
    { name: 'localhost/netshoot:1', command: ['sh'], fill: fillNetshoot },
    { name: 'localhost/py-serv:1', command: ['/web'], fill: (root) => program(root, web, 'web') },
    {
      name: 'localhost/nginx:1',
      command: ['/usr/sbin/nginx', '-c', '/etc/nginx/nginx.conf'],
      fill: (root) => fillNginx(root, nginx),
    },
  ];
}

/** Writes each image as a tar that `ctr image import` takes, and returns their paths. */
export function writeImages(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return specs().map((spec) => writeImage(spec, folder));
}

function writeImage({ name, command, user, fill }: ImageSpec, folder: string): string {
  const work = mkdtempSync(join(tmpdir(), 'ephemera-image-'));
  try {
    const root = join(work, 'root');
    for (const path of ['bin', 'etc', 'tmp', 'proc', 'sys', 'dev', 'root', 'var/log'])
      mkdirSync(join(root, path), { recursive: true });
    chmodSync(join(root, 'tmp'), 0o1777);
    writeFileSync(
      join(root, 'etc/passwd'),
      'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
    );
    writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
    fill(root);
    const layer = join(work, 'layer.tar');
    tar(layer, root, '.');
    const config = {
      architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
      os: 'linux',
      config: {
        Cmd: command,
        User: user ?? '',
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      },
      rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(readFileSync(layer))}`] },
      history: [{ created_by: 'local' }],
    };
    const configFile = `${sha256(JSON.stringify(config))}.json`;
    writeFileSync(join(work, configFile), JSON.stringify(config));
    writeFileSync(
      join(work, 'manifest.json'),
      JSON.stringify([{ Config: configFile, RepoTags: [name], Layers: ['layer.tar'] }]),
    );
    const archive = join(folder, `${name.replaceAll(/[/:]/g, '-')}.tar`);
    tar(`${archive}.part`, work, configFile, 'layer.tar', 'manifest.json');
    renameSync(`${archive}.part`, archive);
    return archive;
  } finally {
    rmSync(work, { recursive: true });
  }
}

function tar(archive: string, folder: string, ...what: string[]): void {
  execFileSync('tar', [
    '--numeric-owner',
    '--owner=0',
    '--group=0',
    '--sort=name',
    '--mtime=@0',
    '-C',
    folder,
    '-cf',
    archive,
    ...what,
  ]);
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function program(root: string, source: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  copyFileSync(source, join(root, path));
  chmodSync(join(root, path), 0o755);
}

function busybox(root: string): void {
  const source = existsSync('/usr/bin/busybox') ? '/usr/bin/busybox' : '/bin/busybox';
  program(root, source, 'bin/busybox');
  const applets = execFileSync(source, ['--list'], { encoding: 'utf8' }).split('\n');
  for (const applet of applets)
    if (applet !== '' && applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));
}

function downloadNginx(folder: string): void {
  aptGet('update', '-qq');
  // apt drops to a user of its own for downloads, who may not write into our folder.
  execFileSync('apt-get', ['-o', 'APT::Sandbox::User=root', 'download', 'nginx'], { cwd: folder });
}

/** The program with its libraries and configuration, and nothing else: no shell. */
function fillNginx(root: string, nginx: string): void {
  program(root, nginx, 'usr/sbin/nginx');
  fillLibraries(root, nginx);
  mkdirSync(join(root, 'etc/nginx'), { recursive: true });
  copyFileSync(join(here, 'images/nginx.conf'), join(root, 'etc/nginx/nginx.conf'));
}

/** A shell with small tools, and what captures packets. */
function fillNetshoot(root: string): void {
  busybox(root);
  const tcpdump = '/usr/bin/tcpdump';
  program(root, tcpdump, 'usr/bin/tcpdump');
  fillLibraries(root, tcpdump);
}

function fillLibraries(root: string, source: string): void {
  const libraries = execFileSync('ldd', [source], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g);
  for (const [, library = ''] of libraries) program(root, library, library);
}
