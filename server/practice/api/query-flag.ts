/** Reads a boolean from a query. Clients send the forms of Go's strconv.ParseBool that are listed here. */
export function queryFlag(query: URLSearchParams, name: string): boolean {
  return ['true', '1'].includes(query.get(name) ?? '');
}
