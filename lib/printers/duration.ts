const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;
const names = new Map([
  [second, 's'],
  [minute, 'm'],
  [hour, 'h'],
  [day, 'd'],
  [year, 'y'],
]);

/** As kubectl writes ages (k8s.io/apimachinery duration.HumanDuration): two units while young, one when old. */
export function formatDuration(ms: number): string {
  if (ms < 2 * minute) return `${Math.max(0, Math.floor(ms / second))}s`;
  if (ms < 10 * minute) return inUnits(ms, minute, second);
  if (ms < 3 * hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 8 * hour) return inUnits(ms, hour, minute);
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 8 * day) return inUnits(ms, day, hour);
  if (ms < 2 * year) return `${Math.floor(ms / day)}d`;
  return inUnits(ms, year, day);
}

/** In a large unit, and what is left in a small one. */
function inUnits(ms: number, large: number, small: number): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)}${names.get(large)}${rest === 0 ? '' : `${rest}${names.get(small)}`}`;
}
