import { getConnection } from './connection.ts';

/** A start changes the state of its terminal several times within a second: one refresh after them is enough. */
const settleMs = 500;

/** Refreshes after changes of terminals while the page is visible, until the returned function is called. */
export function followTerminals(refresh: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') refresh();
  };
  document.addEventListener('visibilitychange', look);
  let soon: ReturnType<typeof setTimeout> | undefined;
  const lookSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(look, settleMs);
  };
  const connection = getConnection();
  const stops = [connection.listen('terminal:changed', lookSoon), connection.listen('terminal:closed', lookSoon)];
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(soon);
    for (const stop of stops) stop();
  };
}
