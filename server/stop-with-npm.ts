/** How soon an orphan is to notice; reading a number each second costs nothing that can be measured. */
const checkMs = 1_000;

/**
 * Calls this once when npm, which started us, has been ended by a signal. npm passes signals on to the shell that it runs
 * a script with, and shells such as dash end without telling their child: we would go on with nobody to end us.
 */
export function onceNpmHasGone(stop: () => void, env = process.env): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    stop();
  }, checkMs);
  timer.unref();
}
