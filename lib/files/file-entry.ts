import type { FilePath } from './file-path.ts';

export type FileKind = 'file' | 'folder' | 'link' | 'device' | 'pipe' | 'socket';

export interface FileEntry {
  /** Encoded, as a part of a path. */
  name: string;
  kind: FileKind;
  /** The twelve bits of its mode. */
  mode: number;
  uid: number;
  gid: number;
  size: number;
  /** Milliseconds since 1970. */
  modifiedAt: number;
  /** Of a link: where it says that it leads, encoded; undefined where that was not read. */
  target: string | undefined;
}

/** What a path leads to, once all links on its way are followed. */
export type OpenedFile =
  | { kind: 'folder'; path: FilePath; entries: FileEntry[]; isMore: boolean }
  | { kind: 'file'; path: FilePath; entry: FileEntry };

export interface FoundFiles {
  paths: FilePath[];
  /** There may be others: there were too many, or it took too long. */
  isMore: boolean;
}

/** By the highest bits of a mode, in octal (inode(7)). */
const kinds: Record<string, FileKind> = {
  '1': 'pipe',
  '2': 'device',
  '4': 'folder',
  '6': 'device',
  '10': 'file',
  '12': 'link',
  '14': 'socket',
};

export function kindOfMode(mode: number): FileKind {
  return kinds[(mode >> 12).toString(8)] ?? 'file';
}

/** `rwxr-xr-x`, as ls writes it. */
export function formatMode(mode: number): string {
  const letters = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
  const special: [bit: number, place: number, set: string, alone: string][] = [
    [0o4000, 2, 's', 'S'],
    [0o2000, 5, 's', 'S'],
    [0o1000, 8, 't', 'T'],
  ];
  for (const [bit, place, set, alone] of special) {
    if (mode & bit) letters[place] = letters[place] === 'x' ? set : alone;
  }
  return letters.join('');
}
