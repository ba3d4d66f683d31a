/** Whether two values without cycles say the same: plain data such as requests, whatever order their fields are in. */
export function isDeepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [fieldsOfA, fieldsOfB] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    fieldsOfA.length === fieldsOfB.size &&
    fieldsOfA.every(([name, value]) => fieldsOfB.has(name) && isDeepEqual(value, fieldsOfB.get(name)))
  );
}
