import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { type PodLink, podHref } from '../links/pod-links.ts';

/** A link from a page about a part of a pod to the pod's own page. */
export function BackToPod({ link }: { link: PodLink }) {
  return (
    <Link
      href={podHref(link)}
      className="inline-flex items-center gap-1 rounded text-xs break-all text-muted hover:text-text"
    >
      <ArrowLeft size={13} aria-hidden /> {link.namespace}/{link.pod}
    </Link>
  );
}
