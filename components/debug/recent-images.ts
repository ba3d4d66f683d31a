'use client';

import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** One line of them beside the presets. */
const most = 4;

interface RecentImagesStore {
  images: string[];
  remember(image: string): void;
}

/** The images that this browser's user started debuggers from, the last one first; kept by the browser. */
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
