/* The sandbox's process: holds the pod's namespaces and, as PID 1 of a shared one, reaps. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void reap(int signal) { while (waitpid(-1, 0, WNOHANG) > 0); }
static void quit(int signal) { _exit(0); }

int main() {
  signal(SIGCHLD, reap);
  signal(SIGTERM, quit);
  signal(SIGINT, quit);
  for (;;) pause();
}
