import { Notice } from '../ui/notice.tsx';

/** What a page shows whose address lacks what it is about. */
export function NoAddress({ thing }: { thing: string }) {
  return (
    <div className="mx-auto max-w-2xl p-4 pt-10">
      <Notice title={`The address names no ${thing}`} next="Go to the list of pods." href="/" />
    </div>
  );
}
