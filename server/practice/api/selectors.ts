import { isJsonObject } from '#lib/json.ts';
import type { StoredObject } from '../store/stored-object.ts';
import { StatusError } from './status.ts';

export type Predicate = (object: StoredObject) => boolean;

const key = String.raw`[A-Za-z0-9]([-A-Za-z0-9_.\/]*[A-Za-z0-9])?`;
const value = `([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?`;
const setRequirement = new RegExp(String.raw`^(${key})\s+(in|notin)\s*\(([^()]*)\)$`);
const equalRequirement = new RegExp(String.raw`^(${key})\s*(==|=|!=)\s*(${value})$`);
const existsRequirement = new RegExp(String.raw`^(!?)\s*(${key})$`);

/** Parses a label selector (k8s.io/apimachinery pkg/labels). All requirements must hold. */
export function parseLabelSelector(text: string): Predicate {
  const requirements = splitTopLevel(text).map(parseRequirement);
  return (object) => requirements.every((requirement) => requirement(object.metadata.labels ?? {}));
}

type Requirement = (labels: Record<string, string>) => boolean;

function parseRequirement(text: string): Requirement {
  const set = setRequirement.exec(text);
  if (set) {
    const [, name = '', , operator] = set;
    const values = (set[4] ?? '').split(',').map((one) => one.trim());
    return (labels) => (name in labels && values.includes(labels[name] ?? '')) === (operator === 'in');
  }
  const equal = equalRequirement.exec(text);
  if (equal) {
    const [, name = '', , operator, wanted = ''] = equal;
    return (labels) => (name in labels && labels[name] === wanted) === (operator !== '!=');
  }
  const exists = existsRequirement.exec(text);
  if (exists) {
    const [, not, name = ''] = exists;
    return (labels) => name in labels === (not === '');
  }
  throw new StatusError(
    'BadRequest',
    `unable to parse requirement: found '${text}', expected: an operator or a label key`,
  );
}

/** Splits at commas outside of brackets, because commas inside belong to a set. */
function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of text) {
    if (c === '(') depth += 1;
    if (c === ')') depth -= 1;
    if (c === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += c;
  }
  if (depth !== 0) throw new StatusError('BadRequest', `unable to parse requirement: found '${text}', expected: ')'`);
  if (part.trim() !== '' || parts.length > 0) parts.push(part.trim());
  return parts;
}

/**
 * Parses a field selector such as `metadata.name=x,status.phase!=Running`. Other fields than the supported ones are
 * refused.
 */
export function parseFieldSelector(text: string, supported: readonly string[]): Predicate {
  const requirements = text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const match = /^\s*([^=!]+?)\s*(!=|==|=)(.*)$/.exec(part);
      if (match === null)
        throw new StatusError('BadRequest', `invalid selector: '${text}'; can't understand '${part}'`);
      const [, field = '', operator, wanted = ''] = match;
      if (!supported.includes(field)) {
        throw new StatusError('BadRequest', `field label not supported: ${field}`);
      }
      return (object: StoredObject) => (selectedField(object, field) === wanted) === (operator !== '!=');
    });
  return (object) => requirements.every((requirement) => requirement(object));
}

/** Events name their source in one of two fields. */
function selectedField(object: StoredObject, field: string): string {
  if (field !== 'source') return readField(object, field);
  return readField(object, 'source.component') || readField(object, 'reportingComponent');
}

/** The value at a dotted path as text; '' if there is none. */
export function readField(object: unknown, path: string): string {
  const value = valueAt(object, path);
  return value === undefined || value === null ? '' : String(value);
}

/** The value at a dotted path; undefined if there is none. */
export function valueAt(object: unknown, path: string): unknown {
  let current: unknown = object;
  for (const part of path.split('.')) {
    if (!isJsonObject(current)) return undefined;
    current = current[part];
  }
  return current;
}
