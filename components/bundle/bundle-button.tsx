'use client';

import { Package } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { PodDetail, PodEvent } from '#lib/pods.ts';
import type { PodLink } from '../links/pod-links.ts';
import { Button } from '../ui/button.tsx';

const BundleDialog = dynamic(() => import('./bundle-dialog.tsx').then((module) => module.BundleDialog));

export interface BundleButtonProps {
  link: PodLink;
  pod: PodDetail;
  events: PodEvent[];
}

export function BundleButton({ link, pod, events }: BundleButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Package size={15} aria-hidden /> Bundle
      </Button>
      {isOpen && <BundleDialog link={link} pod={pod} events={events} onClose={() => setOpen(false)} />}
    </>
  );
}
