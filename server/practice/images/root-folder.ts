import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { librariesOf } from './libraries.ts';

/** The folders of every image, where containers' mounts go. */
const commonFolders = ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'run', 'srv', 'sys', 'tmp', 'var/log', 'var/run'];

/** Builds a root file system in its own folder. */
export class RootFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    for (const name of commonFolders) this.folder(name);
    chmodSync(join(path, 'tmp'), 0o1777);
    this.file('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n');
    this.file('/etc/group', 'root:x:0:\nnogroup:x:65534:\n');
    this.file('/etc/hostname', '');
    this.file('/etc/hosts', '');
    this.file('/etc/resolv.conf', '');
  }

  folder(name: string): void {
    mkdirSync(join(this.path, name), { recursive: true });
  }

  file(name: string, content: string): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o644 });
  }

  link(target: string, name: string): void {
    symlinkSync(target, join(this.path, name));
  }

  /** Copies a program of the machine to `name`, and its libraries to the paths where its linker looks for them. */
  program(source: string, name: string): void {
    this.#copy(source, name);
    this.libraries(source);
  }

  libraries(program: string): void {
    for (const library of librariesOf(program)) this.#copy(library, library);
  }

  #copy(source: string, name: string): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(source, path);
    chmodSync(path, 0o755);
  }
}
