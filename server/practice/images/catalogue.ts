import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Image, ImageConfig, Mount } from './image.ts';
import { findProgram } from './libraries.ts';
import { RootFolder } from './root-folder.ts';

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const shell: ImageConfig = { entrypoint: [], cmd: ['sh'], env: [path], workingDir: '', user: '' };
/** The machine's own programs, under a writable layer of the container's. */
const usr: Mount = { type: 'usr', source: '', target: '/usr', options: '' };
const nginxConfiguration = `# The configuration of nginx: its master reads it again on HUP.
worker_processes 2;
server {
  listen 80;
}
`;

/**
 * Makes the images of the practice cluster from programs of the machine. Without busybox the small images are made from
 * the machine's shell and tools. Nothing is downloaded.
 */
export function buildCatalogue(folder: string, node: string): { pause: Image; images: Image[] } {
  const build = (name: string, fill: (root: RootFolder) => Mount[]) => {
    const root = new RootFolder(join(folder, name));
    return { folder: root.path, mounts: fill(root) };
  };
  // The smallest program that waits for ever is `cat` on a pipe that stays empty.
  const pause = build('pause', (root) => {
    root.program(findProgram('cat') ?? '/bin/cat', '/pause');
    return [];
  });
  const description = { name: 'pause', purpose: 'holds the namespaces of a pod', config: { cmd: ['/pause'] } };
  return {
    pause: toImage(pause, description),
    images: [...buildShells(build), ...buildApplications(build, node)],
  };
}

type Build = (name: string, fill: (root: RootFolder) => Mount[]) => BuiltRoot;

/** The images with a shell. */
function buildShells(build: Build): Image[] {
  const busyboxProgram = findProgram('busybox');
  const busybox = build('busybox', (root) =>
    busyboxProgram === undefined ? fillToolbox(root) : fillBusybox(root, busyboxProgram),
  );
  const toolbox = build('toolbox', fillToolbox);
  // Bash if the machine has it, as in the real images. Like busybox and unlike dash, it draws its prompt again for a
  // client that attaches later.
  const shellOfMachine = { cmd: [findProgram('bash') === undefined ? 'sh' : 'bash'] };
  const small = busyboxProgram === undefined ? shellOfMachine : {};
  return [
    ...['busybox', 'alpine'].map((name) =>
      toImage(busybox, { name, purpose: 'a shell and small tools', config: small }),
    ),
    ...['toolbox', 'netshoot', 'debian', 'ubuntu'].map((name) =>
      toImage(toolbox, { name, purpose: 'every program of this machine', config: shellOfMachine }),
    ),
    toImage(busybox, {
      name: 'toolbox-as-user',
      purpose: 'a shell that is not root',
      config: { ...small, user: '65534' },
    }),
  ];
}

/** The images of applications, without a shell. */
function buildApplications(build: Build, node: string): Image[] {
  const web = build('py-serv', (root) => fillNode(root, node, { name: '/web', script: 'web-server.mjs' }));
  const nginx = build('nginx', (root) => {
    root.file('/etc/nginx/nginx.conf', nginxConfiguration);
    return fillNode(root, node, { name: '/usr/sbin/nginx', script: 'nginx.mjs' });
  });
  return [
    toImage(web, {
      name: 'py-serv',
      purpose: 'a web server without a shell',
      config: { cmd: ['/web', '/srv/web-server.mjs'] },
    }),
    toImage(nginx, {
      name: 'nginx',
      purpose: 'a master with workers, without a shell',
      config: { cmd: ['/usr/sbin/nginx', '/srv/nginx.mjs', '-c', '/etc/nginx/nginx.conf'] },
    }),
  ];
}

type BuiltRoot = Pick<Image, 'folder' | 'mounts'>;

interface ImageDescription {
  name: string;
  purpose: string;
  config?: Partial<ImageConfig>;
}

function toImage(root: BuiltRoot, { name, purpose, config }: ImageDescription): Image {
  const id = `sha256:${createHash('sha256').update(`practice/${name}`).digest('hex')}`;
  return { name, purpose, id, ...root, config: { ...shell, ...config } };
}

/** Busybox alone, as in its real image. */
function fillBusybox(root: RootFolder, busybox: string): Mount[] {
  root.program(busybox, '/bin/busybox');
  for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n'))
    if (applet !== '' && applet !== 'busybox') root.link('busybox', `bin/${applet}`);
  root.folder('usr');
  root.link('../bin', 'usr/bin');
  return [];
}

function fillToolbox(root: RootFolder): Mount[] {
  root.folder('usr');
  rmdirSync(join(root.path, 'bin'));
  const mounts = [usr];
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    const found = lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) root.link(readlinkSync(`/${name}`), name);
    else if (found !== undefined) {
      // This machine keeps /bin apart from /usr.
      root.folder(name);
      mounts.push({ type: 'bind', source: `/${name}`, target: `/${name}`, options: 'ro' });
    }
  }
  for (const name of ['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives']) {
    if (existsSync(`/etc/${name}`))
      cpSync(`/etc/${name}`, join(root.path, 'etc', name), { recursive: true, verbatimSymlinks: true });
  }
  return mounts;
}

/** The program of an image: Node under another name, and the script in `programs` that it runs. */
interface NodeProgram {
  name: string;
  script: string;
}

/** Fills a root with Node, its libraries and one script, without a shell. */
function fillNode(root: RootFolder, node: string, { name, script }: NodeProgram): Mount[] {
  root.libraries(node);
  root.file(name, '');
  mkdirSync(join(root.path, 'srv'), { recursive: true });
  copyFileSync(join(import.meta.dirname, 'programs', script), join(root.path, 'srv', script));
  // Node has more than a hundred megabytes, so it is mounted instead of copied.
  return [{ type: 'bind', source: node, target: name, options: 'ro' }];
}

/** Finds the image for a name such as `docker.io/library/busybox:1.36`; undefined if the catalogue has none. */
export function findImage(images: readonly Image[], reference: string): Image | undefined {
  const name = (reference.split('@')[0] ?? '')
    .replace(/:[^/]*$/, '')
    .split('/')
    .at(-1);
  return images.find((image) => image.name === name);
}
