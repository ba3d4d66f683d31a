import { Notice } from '#components/ui/notice.tsx';

export default function NotFound() {
  return (
    <div className="p-6">
      <Notice
        title="There is no such page"
        message="The address may be from another version."
        next="Go to the list of pods."
        href="/"
      />
    </div>
  );
}
