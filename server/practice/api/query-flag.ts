/** A boolean of a query, as Go's strconv.ParseBool takes those that clients send. */
export function queryFlag(query: URLSearchParams, name: string): boolean {
  return ['true', '1'].includes(query.get(name) ?? '');
}
