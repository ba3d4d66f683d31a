import { showPath, toPrintf } from '#lib/files/file-path.ts';
import { AppError, type AppErrorOptions } from '#lib/protocol/errors.ts';
import type { StreamEnd } from '../../kubernetes/container-stream.ts';
import type { PodAddress } from '../../kubernetes/pod-watch.ts';
import { lacksProgram } from '../lacks-program.ts';
import { startedFunction } from '../process-script.ts';

/** Files as a container sees them, or as a process does that it sees. */
export type FileRoot = PodAddress & { container: string; pid?: number | undefined; startTicks?: number | undefined };
export type FileAddress = FileRoot & { path: string };

/** What the scripts end with, beside 0. Above what programs use, below what shells do for signals. */
const exits = {
  gone: 101,
  noRoot: 102,
  missing: 103,
  denied: 104,
  notFolder: 105,
  notFile: 106,
  loop: 107,
  exists: 108,
  noProgram: 109,
  failed: 110,
} as const;

/**
 * Begins all scripts on files. $1, $2: a process and its start, or empty; $3: the path, for printf. Sets `base` (the root of the
 * process, or nothing), `real` (the path without links, below that root) and `file` (both).
 *
 * Links are followed here, part by part: the kernel would follow an absolute one below /proc/<pid>/root from the reader's own root. What is
 * read of a path is never run: it comes as printf's escapes, and stands in quotes.
 */
const prologue = `${startedFunction}
LC_ALL=C; export LC_ALL
needs() { for program; do command -v "$program" >/dev/null 2>&1 || { echo "$program" >&2; exit ${exits.noProgram}; }; done; }
base= real=
if [ -n "$1" ]; then
  [ "$(started "$1")" = "$2" ] || exit ${exits.gone}
  base=/proc/$1/root
  [ -d "$base/." ] || exit ${exits.noRoot}
fi
rest=$(printf '%bx' "$3"); rest=\${rest%x} hops=0
while [ -n "$rest" ]; do
  case $rest in
    /*) rest=\${rest#/}; continue;;
    */*) part=\${rest%%/*} rest=\${rest#*/};;
    *) part=$rest rest=;;
  esac
  case $part in .) continue;; ..) real=\${real%/*}; continue;; esac
  if [ -L "$base$real/$part" ]; then
    hops=$((hops + 1)); [ $hops -gt 40 ] && exit ${exits.loop}
    needs readlink
    link=$(readlink -n "$base$real/$part"; echo x); link=\${link%x}
    case $link in /*) real=;; esac
    rest=$link/$rest
  else real=$real/$part
  fi
done
file=$base\${real:-/}
there() { [ -e "$file" ] || { d=\${file%/*}; [ -x "\${d:-/}" ] || exit ${exits.denied}; exit ${exits.missing}; }; }
`;

/** What ends a script, in shell, by the names of `exits`. */
export function exitWith(name: keyof typeof exits): string {
  return `exit ${exits[name]}`;
}

/** The command that runs a script on a path. `extra`: $4 and on. */
export function fileCommand(script: string, { pid, startTicks, path }: FileAddress, ...extra: string[]): string[] {
  const process = pid === undefined ? ['', ''] : [String(pid), String(startTicks ?? '')];
  return ['sh', '-c', `${prologue}${script}`, 'sh', ...process, toPrintf(path), ...extra];
}

/** Why a script failed, in words; undefined where it did not. */
export function explainFileEnd(end: StreamEnd, stderr: string, address: FileAddress): AppError | undefined {
  const { container, pid, path } = address;
  const shown = showPath(path);
  const failure = (message: string, options: AppErrorOptions) => new AppError('container', message, options);
  if (end.kind === 'failed') return end.error instanceof AppError ? end.error : failure(end.error.message, {});
  if (end.kind === 'refused') {
    return failure(
      `${container} can’t be asked for its files: ${lacksProgram(end) ? 'it has no shell' : end.message}.`,
      {
        next: 'A container without a shell is read through a debugger that targets it.',
      },
    );
  }
  switch (end.exitCode) {
    case 0:
      return undefined;
    case exits.gone:
      return new AppError('gone', `The process through which the files were read (${pid}) has ended.`, {
        next: 'Reload the page.',
      });
    case exits.noRoot:
      return failure(
        `The kernel does not show ${container} the files of process ${pid}: it is another user’s, or has more capabilities.`,
        {
          next: 'Start a debugger with profile general (SYS_PTRACE) that targets its container.',
        },
      );
    case exits.missing:
      return new AppError('not-found', `There is no ${shown}.`, { next: 'Go to a folder above it.' });
    case exits.denied:
      return failure(`${shown} may not be read by the user that ${container} runs as.`, {
        next: 'A debugger that runs as root may.',
      });
    case exits.notFolder:
      return new AppError('invalid', `${shown} is not a folder.`);
    case exits.notFile:
      return new AppError(
        'invalid',
        `${shown} is not a file with content: reading a device or a pipe may never end, and takes from others.`,
      );
    case exits.loop:
      return failure(`${shown} has more than 40 links on its way: they lead in a circle.`, {});
    case exits.exists:
      return new AppError('conflict', `${shown} is there already.`, { next: 'Choose another name, or write over it.' });
    case exits.noProgram:
      return failure(`${container} lacks the program ${stderr.trim().split('\n').at(-1) ?? ''}.`, {
        next: 'A debugger with busybox that targets it has all that is needed.',
      });
    default: {
      const why = stderr.trim().split('\n').at(-1)?.slice(0, 300) || `it ended with code ${end.exitCode}`;
      return failure(`${shown}: ${why}`, {});
    }
  }
}
