/**
 * Ends a process of the container that it runs in, by the terminal's way: hang-up first, and the kernel then hangs up
 * what runs in front of it; a kill after two seconds. `$1` is the word that marks the process, or empty for the container's own:
 * the oldest of those without a parent that see the container's files. That is process 1 only where nobody else's
 * processes are there, never the application that a debugger targets.
 *
 * Prints `ended`, `gone` (there is no such process), `stays`, or `first`: process 1 of a pid namespace takes no signal
 * from inside that it didn't ask for (pid_namespaces(7)); all others there are killed, so that it has the terminal.
 */
export const endScript = `
set -f
mark=$1
mnt() { readlink "/proc/$1/ns/mnt" 2>/dev/null; }
own=$(mnt self)
found= since=
for p in $(cd /proc && ls); do
  case $p in *[!0-9]*|$$) continue;; esac
  grep -q '^PPid:[[:space:]]*0$' "/proc/$p/status" 2>/dev/null && [ "$(mnt $p)" = "$own" ] || continue
  if [ -n "$mark" ]; then
    case " $(tr '\\000\\n' '  ' < "/proc/$p/cmdline" 2>/dev/null) " in *" $mark "*) found=$p; break;; esac
  else
    started=$(sed 's/.*) //' "/proc/$p/stat" 2>/dev/null | cut -d' ' -f20)
    [ -n "$started" ] && { [ -z "$since" ] || [ "$started" -lt "$since" ]; } && found=$p since=$started
  fi
done
[ -n "$found" ] || { echo gone; exit; }
if [ "$found" = 1 ]; then kill -HUP 1; kill -KILL -1 2>/dev/null; echo first; exit; fi
kill -HUP "$found" 2>/dev/null || { echo stays; exit; }
i=0
while [ -d "/proc/$found" ]; do
  [ $i = 10 ] && kill -KILL "$found"
  [ $i -gt 20 ] && { echo stays; exit; }
  i=$((i + 1)); sleep 0.2 2>/dev/null || sleep 1
done
echo ended
`;
