#!/bin/sh
# PID 1 of the practice machine. Makes the tree of enter.sh its root, and reaps orphans. When it ends, the kernel ends
# every process of the machine, and with them their mounts and networks.
#
# init.sh ROOT MODULES COMMAND...   MODULES: not '' where the working folder is the one for compiled modules
set -eu
root=$1 modules=$2
shift 2

# A locked mount can't become the root, but a bind of it can.
mount --rbind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777,size=64m images "$root/images"
mkdir "$root/images/modules"
if [ -n "$modules" ]; then mount --no-canonicalize --bind . "$root/images/modules"; fi
cd "$root"
pivot_root . old
umount -l /old
mount --make-rprivate /

mkdir /images/pts
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts /images/pts
ln -s /images/pts /images/pts-now

# Programs that must run inside containers' roots, where the machine's own programs are out of reach. The folder is
# passed on as an open file. It is detached from every tree, so no path leads up from it.
mkdir /images/tools
tools="$(command -v setpriv) $(command -v umount) $(command -v unshare) $(command -v env) $(command -v rmdir) $(command -v setsid)"
cp $(ldd $tools | sed -n "s,^[^/]*\(/[^ ]*\) (0x.*,\1,p" | sort -u) $tools /images/tools/
mount --bind /images/tools /images/tools
mount -o remount,bind,ro,nosuid,nodev /images/tools
exec 9</images/tools
umount -l /images/tools

# The /dev of every container. Each container mounts its own terminals and shared memory on top.
mkdir -p /images/dev/pts /images/dev/shm
for name in null zero full random urandom tty; do : >"/images/dev/$name"; mount --bind "/dev/$name" "/images/dev/$name"; done
: >/images/dev/console
: >/images/dev/termination-log
for link in "pts/ptmx ptmx" "/proc/self/fd fd" "/proc/self/fd/0 stdin" "/proc/self/fd/1 stdout" "/proc/self/fd/2 stderr"; do
  ln -s "${link% *}" "/images/dev/${link#* }"
done

hostname practice 2>/dev/null || true
exec 8<&0
NODE_COMPILE_CACHE=/images/modules "$@" <&8 8<&- &
exec 8<&-
wait $!
