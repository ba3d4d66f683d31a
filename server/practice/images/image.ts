/** One mount of a container's root, as container.sh reads it. */
export interface Mount {
  /** A file system's type, or `bind`, `rbind` or `usr`: the machine's /usr under a writable layer. */
  type: string;
  source: string;
  target: string;
  options: string;
}

/** The process that an image describes, as in the OCI's image configuration. */
export interface ImageConfig {
  entrypoint: string[];
  cmd: string[];
  env: string[];
  workingDir: string;
  /** A number; '' means root. */
  user: string;
}

/** An image of the catalogue. Its root file system is ready to go under a container's writable layer. */
export interface Image {
  /** The last part of the image's name, such as `busybox`. Any registry and tag match. */
  name: string;
  /** The image's purpose, in a few words. */
  purpose: string;
  id: string;
  folder: string;
  /** The mounts that its root needs beside the folder. */
  mounts: Mount[];
  config: ImageConfig;
}
