export interface Variable {
  name: string;
  value: string;
}

export type ParsedVariables = { ok: true; variables: Variable[] } | { ok: false; problem: string };

/** The API server's own rule (apimachinery IsEnvVarName). */
export const variableName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** `NAME=value`, one a line; empty lines count for nothing, and a value is taken as it stands. */
export function parseVariables(text: string): ParsedVariables {
  const variables = new Map<string, Variable>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name = '', value] = /^\s*([^=]*?)\s*(?:=(.*))?$/.exec(line) ?? [];
    const place = `Line ${index + 1}`;
    if (value === undefined) return { ok: false, problem: `${place} has no =: it is NAME=value.` };
    if (!variableName.test(name)) {
      return { ok: false, problem: `${place}: "${name}" is no name: letters, digits, _ . and -, no digit first.` };
    }
    if (variables.has(name)) return { ok: false, problem: `${place} sets ${name} once more.` };
    variables.set(name, { name, value });
  }
  return { ok: true, variables: [...variables.values()] };
}

type CustomFields = { [field: string]: unknown } | undefined;

/**
 * What `kubectl debug --env` can say, and the rest of the variables as a part of what is merged over the container. `--env`
 * reads more than one = as a list in CSV, and takes quotes away from the ends (spf13/pflag string_to_string.go).
 */
export function toFlags(
  variables: readonly Variable[],
  custom: CustomFields,
): { plain: Variable[]; custom: CustomFields } {
  const isPlain = ({ value }: Variable) => !/[="\n\r]/.test(value);
  const plain = variables.filter(isPlain);
  const rest = variables.filter((variable) => !isPlain(variable));
  if (rest.length === 0) return { plain, custom };
  // A variable that is set there, too, is merged over, as its own field would be.
  const own = Array.isArray(custom?.['env']) ? (custom['env'] as Variable[]) : [];
  const others = rest.filter(({ name }) => own.every((one) => one.name !== name));
  return { plain, custom: { ...custom, env: [...own, ...others] } };
}
