/** The fields that have a value. */
export function withoutUndefined<T>(fields: { [key: string]: T | undefined }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, T] => field[1] !== undefined));
}
