/** One mount of a container's root, as container.sh reads it. */
export interface Mount {
  /** A file system's type; or bind, rbind, or usr: the machine's /usr under a writable layer. */
  type: string;
  source: string;
  target: string;
  options: string;
}

/** What an image says of the process that it is for, as in the OCI's image configuration. */
export interface ImageConfig {
  entrypoint: string[];
  cmd: string[];
  env: string[];
  workingDir: string;
  /** A number; '' is root. */
  user: string;
}

/** An image of the catalogue, its root file system ready to be put under a container's writable layer. */
export interface Image {
  /** The last part of its name, such as `busybox`: any registry and tag will do. */
  name: string;
  /** What it is for, in a few words. */
  purpose: string;
  id: string;
  folder: string;
  /** What its root needs beside the folder. */
  mounts: Mount[];
  config: ImageConfig;
}
