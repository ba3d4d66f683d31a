import { sandboxColumn } from '#lib/namespaces/observation.ts';

export function containerName(container: string | undefined): string {
  if (container === undefined) return 'not of this pod';
  return container === sandboxColumn ? 'sandbox' : container;
}
