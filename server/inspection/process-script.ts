/** One process, by what tells it from any later one with the same pid. */
export interface ProcessIdentity {
  pid: number;
  startTicks: number;
}

/**
 * Defines `started`, which prints when a process began: field 22 of /proc/<pid>/stat, counted from behind the name, which may hold
 * anything; nothing where there is no such process.
 */
export const startedFunction = `
started() { stat=$(cat "/proc/$1/stat" 2>/dev/null); set -f; set -- \${stat##*) }; set +f; printf %s "\${20}"; }
`;

/** Begins a script whose first arguments are a pid and its start: prints `gone` and ends unless that very process is there. */
const sameProcess = `${startedFunction}
[ "$(started "$1")" = "$2" ] || { echo gone; exit; }
pid=$1; shift 2
`;

/** The command that runs a script on a process. `extra` is $1 in it, `$pid` the process. */
export function processCommand(script: string, { pid, startTicks }: ProcessIdentity, extra = ''): string[] {
  return ['sh', '-c', `${sameProcess}${script}`, 'sh', String(pid), String(startTicks), extra];
}
