/** What POSIX shells and the kernel mean by an exit code; undefined where it is the program's own. */
export function explainExitCode(exitCode: number): string | undefined {
  switch (exitCode) {
    case 126:
      return 'The last command could not be run: it is not executable, or not for its user.';
    case 127:
      return 'The last command was not found: the image has no such program.';
    case 130:
      return 'It was interrupted (SIGINT, as by Ctrl-C).';
    case 137:
      return 'It was killed (SIGKILL): from outside, for want of memory, or with the process 1 of its process list.';
    case 139:
      return 'It crashed (SIGSEGV).';
    case 143:
      return 'It was asked to end (SIGTERM), as when its pod is deleted.';
    default:
      return undefined;
  }
}
