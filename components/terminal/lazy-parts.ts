'use client';

import dynamic from 'next/dynamic';

// Each is fetched when it is first opened, because most terminals never open one.
export const AudienceBar = dynamic(() => import('./audience-bar.tsx').then((module) => module.AudienceBar));
export const CloseDialog = dynamic(() => import('./close-dialog.tsx').then((module) => module.CloseDialog));
export const AboutDialog = dynamic(() => import('./about-dialog.tsx').then((module) => module.AboutDialog));
export const LinkDialog = dynamic(() => import('./link-dialog.tsx').then((module) => module.LinkDialog));
export const PasteDialog = dynamic(() => import('./paste-dialog.tsx').then((module) => module.PasteDialog));
export const TerminalSearch = dynamic(() => import('./terminal-search.tsx').then((module) => module.TerminalSearch));
export const SettingsDialog = dynamic(() => import('./settings-dialog.tsx').then((module) => module.SettingsDialog));
