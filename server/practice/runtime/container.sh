#!/bin/sh
# Makes a container's root and becomes its process. Runs in the container's namespaces, with a mount namespace that is
# still a copy of the machine's. It gets these file descriptors:
#   3  reports the process's pid in the machine, then errors
#   4  tells when to go on
#   5  the folder with tools (init.sh)
#   6  the container's standard error
#
# container.sh FOLDER IMAGE [HOSTNAME] -- COMMAND...   FOLDER holds `mounts` (lines of type, source, target, options,
# separated by tabs) and `etc` (the container's own files)
exec 2>&3
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
read -r pid _ </proc/self/stat
folder=$1 image=$2
shift 2
if [ "$1" != -- ]; then
  hostname "$1"
  if command -v ip >/dev/null; then ip link set lo up; else
    mount -t sysfs sysfs /sys && echo 0x9 >/sys/class/net/lo/flags
  fi
  shift
fi
shift

# The container's files are in memory, with a limit, because a practice container must not fill the machine.
mount -t tmpfs -o mode=755,size=256m container "$folder/fs"
cd "$folder/fs"
mkdir -p upper work root usr/bin usr/sbin usr/lib usr/local/bin usr/share usr-work
mount -t overlay -o "lowerdir=$image,upperdir=upper,workdir=work,userxattr" overlay root ||
  { cp -RP "$image/." root/ && mount --bind root root; }
cd root
place() { # Makes what the next mount goes onto.
  [ ! -e ".$target" ] || return 0
  if [ -d "$source" ]; then mkdir -p ".$target"; else mkdir -p ".${target%/*}" && : >".$target"; fi
}
tab=$(printf '\t')
while IFS=$tab read -r type source target options; do
  case $type in
  # The folders made above can be extended and replaced. No container owns the machine's own files.
  usr) mount -t overlay -o "lowerdir=/usr,upperdir=../usr,workdir=../usr-work,userxattr" overlay usr || mount --bind /usr usr ;;
  bind) place; mount --bind "$source" ".$target"; case $options in *ro*) mount -o "remount,bind,$options" ".$target" ;; esac ;;
  rbind) place; mount --rbind "$source" ".$target"; case $options in *ro*) mount -o "remount,bind,$options" ".$target" ;; esac ;;
  *) mount -t "$type" -o "$options" "$source" ".$target" ;;
  esac
done <"$folder/mounts"
if [ -t 6 ]; then mount --bind "$(tty <&6)" dev/console; fi
cp "$folder"/etc/* etc/ 2>/dev/null || true
mkdir -p .old
pivot_root . .old
tool=/proc/self/fd/5
for linker in $tool/ld-*.so*; do break; done
"$linker" --library-path $tool $tool/umount -l /.old
"$linker" --library-path $tool $tool/rmdir /.old
echo "$pid" >&3
read -r _ <&4
exec 2>&6 3>&- 4<&- 6>&-
exec "$linker" --library-path $tool "$@"
