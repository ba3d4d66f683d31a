#!/bin/sh
# First step into the practice machine, still with the rights of the user who started it. Builds the only tree that the
# machine will see. Mounts made here are locked for everything inside: even a privileged container can't make them
# writable.
#
# enter.sh ROOT DATA MODULES APP NAMES NODE NEXT...   ROOT: an empty folder; DATA: the writable one; MODULES: a folder
# for compiled modules, or ''; APP: a folder; NAMES: what the machine sees of APP, as words; NEXT: what to run
set -eu
root=$1 data=$2 modules=$3 app=$4 names=$5 node=$6
shift 6

bind() { # SOURCE NAME [OPTIONS]
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$root${2%/*}"; : >"$root$2"; fi
  mount --bind "$1" "$root$2"
  mount -o "remount,bind,nosuid,${3:-ro}" "$root$2"
}

mount -t tmpfs -o mode=755,size=64m practice "$root"
bind /usr /usr
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then ln -s "$(readlink "/$name")" "$root/$name"; elif [ -d "/$name" ]; then bind "/$name" "/$name"; fi
done
mkdir -p "$root/etc" "$root/dev" "$root/proc" "$root/sys" "$root/tmp" "$root/images" "$root/old"
for name in ld.so.cache ld.so.conf ld.so.conf.d ld-musl-x86_64.path ld-musl-aarch64.path alternatives; do
  if [ -e "/etc/$name" ]; then cp -RP "/etc/$name" "$root/etc/"; fi
done
for name in null zero full random urandom tty; do bind "/dev/$name" "/dev/$name" rw; done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
# runtime/pty.ts changes the source of new terminals from one terminal to the next.
ln -s /images/pts-now "$root/dev/pts"
mkdir "$root/dev/shm"
mount --rbind /sys "$root/sys"
for name in $names; do bind "$app/$name" "/app/$name"; done
bind "$node" /app/node
bind "$data" /data rw
chmod 1777 "$root/tmp" "$root/images"
# The machine's root may have no right to the folders above it, and needs none to its own working folder.
if [ -n "$modules" ]; then cd "$modules"; fi
exec "$@"
