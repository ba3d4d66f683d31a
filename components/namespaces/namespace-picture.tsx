'use client';

import { Download } from 'lucide-react';
import { type RefObject, useId, useMemo, useRef } from 'react';
import type { NamespaceMatrix } from '#lib/namespaces/compare.ts';
import { columnName } from '#lib/namespaces/explain.ts';
import {
  type ContainerBox,
  describePicture,
  drawNamespaces,
  type NamespacePicture,
  type SpaceBox,
} from '#lib/namespaces/picture.ts';
import type { PodDetail } from '#lib/pods.ts';
import { Button } from '../ui/button.tsx';
import { saveOnDemand } from './save-on-demand.ts';

/** The id of the drawing; a page has one, because it shows one pod. */
export const pictureId = 'namespace-picture';

/** Draws the containers as boxes within the namespaces that they share. */
export function NamespacePictureView({ pod, matrix }: { pod: PodDetail; matrix: NamespaceMatrix }) {
  const picture = useMemo(() => drawNamespaces(matrix), [matrix]);
  const drawing = useRef<SVGSVGElement>(null);
  const name = `${pod.name}-namespaces`;
  const save = (as: 'saveDrawingAsSvg' | 'saveDrawingAsPng') => {
    const { current } = drawing;
    if (current !== null)
      void saveOnDemand(
        () => import('./save-drawing.ts'),
        (saver) => saver[as](current, name),
      );
  };
  if (picture.containers.length === 0) return null;
  return (
    <div className="border-t border-line px-3 py-3 sm:px-4">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 text-sm font-medium">The same as a picture</h3>
        <Button size="small" onClick={() => save('saveDrawingAsSvg')}>
          <Download size={13} aria-hidden /> SVG
        </Button>
        <Button size="small" onClick={() => save('saveDrawingAsPng')}>
          <Download size={13} aria-hidden /> PNG
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-label="Namespaces as a picture" tabIndex={0} className="overflow-x-auto">
        <Drawing picture={picture} title={`Namespaces of pod ${pod.name}`} svg={drawing} />
      </section>
      {picture.loose.map(({ kinds, members }) => (
        <p key={kinds.join()} className="mt-2 text-xs text-muted">
          Not drawn, for it crosses a border: {members.map(columnName).join(', ')} share {kinds.join(', ')}.
        </p>
      ))}
    </div>
  );
}

interface DrawingProps {
  picture: NamespacePicture;
  title: string;
  svg: RefObject<SVGSVGElement | null>;
}

/** Room around the drawing for the width of its lines, in pixels. */
const margin = 4;

/** Boxes differ in their lines and words and not only in colour, so that a grey print can be read. */
function Drawing({ picture, title, svg }: DrawingProps) {
  const id = useId();
  const width = picture.width + 2 * margin;
  const height = picture.height + 2 * margin;
  return (
    <svg
      id={pictureId}
      ref={svg}
      role="img"
      aria-labelledby={`${id}-title ${id}-words`}
      width={width}
      height={height}
      viewBox={`${-margin} ${-margin} ${width} ${height}`}
      fontFamily="ui-sans-serif, system-ui, sans-serif"
      fontSize={12}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-words`}>{describePicture(picture)}</desc>
      {picture.spaces.map((space) => (
        <Space key={space.kinds.join()} space={space} />
      ))}
      {picture.containers.map((container) => (
        <Container key={container.name} container={container} />
      ))}
    </svg>
  );
}

function Space({ space: { x, y, width, height, kinds, depth } }: { space: SpaceBox }) {
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={10}
        fill={depth % 2 === 1 ? 'var(--raised)' : 'var(--surface)'}
        stroke="var(--line-strong)"
      />
      <text x={x + 12} y={y + 18} fill="var(--text)">
        {kinds.join(', ')}
      </text>
    </g>
  );
}

function Container({ container: { x, y, width, height, name, own, isSandbox } }: { container: ContainerBox }) {
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={6}
        fill="var(--surface)"
        stroke="var(--accent)"
        strokeWidth={2}
        strokeDasharray={isSandbox ? '5 4' : undefined}
      />
      <text x={x + 12} y={y + 22} fill="var(--text)" fontWeight={600}>
        {columnName(name)}
      </text>
      <text x={x + 12} y={y + 42} fill="var(--muted)">
        {own.join(', ')}
      </text>
    </g>
  );
}
