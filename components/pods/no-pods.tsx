import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export interface NoPodsProps {
  isFiltered: boolean;
  namespace: string | undefined;
  onClear(): void;
}

export function NoPods({ isFiltered, namespace, onClear }: NoPodsProps) {
  if (isFiltered) {
    return (
      <Notice title="No pod matches the filter" next="Change it, or clear it with Esc.">
        <Button onClick={onClear}>Clear the filter</Button>
      </Notice>
    );
  }
  const where = namespace === undefined ? 'this cluster' : `namespace ${namespace}`;
  return <Notice title={`There are no pods in ${where}`} next="They appear here as soon as they are created." />;
}
