'use client';

import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** These fit into one line beside the presets. */
const most = 4;

interface RecentImagesStore {
  images: string[];
  remember(image: string): void;
}

/** Images of debuggers that were started from this browser, the last one first. The browser keeps them. */
export const useRecentImages = create<RecentImagesStore>()(
  persist(
    (set) => ({
      images: [],
      remember: (image) =>
        set(({ images }) => ({ images: [image, ...images.filter((one) => one !== image)].slice(0, most) })),
    }),
    { name: 'ephemera.images' },
  ),
);
