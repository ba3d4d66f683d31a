import { Notice } from '../ui/notice.tsx';

/** Shown by a page whose address does not name its pod or container. */
export function NoAddress({ thing }: { thing: string }) {
  return (
    <div className="mx-auto max-w-2xl p-4 pt-10">
      <Notice title={`The address names no ${thing}`} next="Go to the list of pods." href="/" />
    </div>
  );
}
