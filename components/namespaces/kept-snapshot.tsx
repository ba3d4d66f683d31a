import { compareSnapshots } from '#lib/namespaces/compare-snapshots.ts';
import type { NamespaceSnapshot } from '#lib/namespaces/snapshot.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { useSnapshotStore } from './snapshot-store.ts';

/** Compares the kept snapshot with the one that was read last. */
export function KeptSnapshot({ kept, now }: { kept: NamespaceSnapshot; now: NamespaceSnapshot }) {
  const keep = useSnapshotStore((store) => store.keep);
  const compared = compareSnapshots(kept, now);
  return (
    <section aria-label="Compared with what was kept" className="border-t border-line px-3 py-3 text-xs sm:px-4">
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 text-sm font-medium break-all">
          Compared with {kept.namespace}/{kept.pod}, kept <Age at={kept.at} suffix=" ago" />
        </h3>
        <Button size="small" onClick={() => keep(undefined)}>
          Forget it
        </Button>
      </div>
      {compared.kind === 'incomparable' ? (
        <p className="text-muted">{compared.why}</p>
      ) : (
        <ul className="space-y-1">
          {compared.comparisons.map(({ title, same, different, meaning }) => (
            <li key={title} className="break-words">
              <span className="font-medium">{title}:</span> {meaning}{' '}
              <span className="text-muted">
                {same.length > 0 && `Same: ${same.join(', ')}. `}
                {different.length > 0 && `Different: ${different.join(', ')}.`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
