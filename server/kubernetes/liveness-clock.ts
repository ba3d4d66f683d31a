/** An idle connection is asked for a sign of life this often: below the 20 s after which the strictest proxies cut it. */
export const pingIntervalMs = 15_000;

interface Watched {
  checkAlive(): void;
}

/** One clock for all connections: hundreds that are idle wake the server once, not each for itself. */
const watched = new Set<Watched>();
let clock: NodeJS.Timeout | undefined;

/** Calls `checkAlive` at each tick until the returned function is called. */
export function watchLiveness(connection: Watched): () => void {
  watched.add(connection);
  clock ??= setInterval(() => {
    for (const one of watched) one.checkAlive();
  }, pingIntervalMs);
  return () => {
    watched.delete(connection);
    if (watched.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}
