import type { KeyedData } from '../store/stored-kinds.ts';
import type { Rules } from './rules.ts';

/** A Secret as clients may write it: with plain values in `stringData` beside the base64 values in `data`. */
interface NewSecret extends KeyedData {
  stringData?: Record<string, string>;
}

export const secretRules: Rules<NewSecret> = {
  onCreate: ({ stringData, ...rest }) => {
    const added = Object.entries(stringData ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
    const data: Record<string, string> = { ...rest.data, ...Object.fromEntries(added) };
    return { ...rest, type: rest['type'] ?? 'Opaque', ...(Object.keys(data).length > 0 ? { data } : {}) };
  },
  onUpdate: ({ object }) => object,
};
