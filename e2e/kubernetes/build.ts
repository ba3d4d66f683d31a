import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ephemera-test');

/** A folder for what the given sources are built into; it exists once the build has succeeded. */
function cached(name: string, sources: string[], build: (folder: string) => void): string {
  const hash = createHash('sha256');
  for (const source of sources)
    hash
      .update(source)
      .update('\0')
      .update(readFileSync(join(here, source)))
      .update('\0');
  const folder = join(cache, `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  build(unfinished);
  renameSync(unfinished, folder);
  return folder;
}

function go(folder: string, ...words: string[]): void {
  execFileSync('go', words, {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOTOOLCHAIN: 'local' },
  });
}

/** The Kubernetes binary: about 7 minutes on 2 cores the first time, nothing after that. */
export function buildKubernetes(): string {
  const sources = ['module/go.mod', 'module/go.sum', 'module/main.go'];
  const folder = cached('kubernetes', sources, (out) => {
    console.log('Building Kubernetes once for this machine; this takes several minutes.');
    cpSync(join(here, 'module'), join(out, 'src'), { recursive: true });
    const version = 'k8s.io/component-base/version';
    const minor = /k8s\.io\/kubernetes (v1\.(\d+)\.\d+)/.exec(readFileSync(join(here, 'module/go.mod'), 'utf8'));
    const flags = `-s -w -X ${version}.gitVersion=${minor?.[1]} -X ${version}.gitMajor=1 -X ${version}.gitMinor=${minor?.[2]}`;
    go(join(out, 'src'), 'build', '-trimpath', '-ldflags', flags, '-o', join(out, 'kube'), '.');
  });
  return join(folder, 'kube');
}

/** The static web server that the image py-serv consists of. */
export function buildWeb(): string {
  const folder = cached('web', ['images/web/go.mod', 'images/web/main.go'], (out) => {
    go(join(here, 'images/web'), 'build', '-trimpath', '-ldflags', '-s -w', '-o', join(out, 'web'), '.');
  });
  return join(folder, 'web');
}

export function buildPause(): string {
  const folder = cached('pause', ['images/pause.c'], (out) => {
    execFileSync('gcc', ['-static', '-Os', '-o', join(out, 'pause'), join(here, 'images/pause.c')]);
  });
  return join(folder, 'pause');
}

/** Debian's nginx, unpacked but not installed: installing it would start it on this machine. */
export function unpackNginx(download: (folder: string) => void): string {
  const folder = cached('nginx', ['images/nginx.conf'], (out) => {
    download(out);
    execFileSync('sh', ['-c', 'dpkg -x nginx_*.deb root'], { cwd: out });
  });
  return join(folder, 'root/usr/sbin/nginx');
}
