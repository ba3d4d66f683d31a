import type { Locator, Page } from '@playwright/test';
import type { StoryCluster } from './clusters/story-cluster.ts';

/** The parameters that name a pod in an address. */
export function podParameters(cluster: StoryCluster, name: string, more: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({ context: 'admin', namespace: cluster.namespace, name, ...more });
}

/** Goes to a path of the server that the page is on already, or of the worker's. */
export async function visit(page: Page, path: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto(origin === 'null' ? path : `${origin}${path}`);
}

/** Opens the list of the worker's pods. */
export async function openPods(page: Page, cluster: StoryCluster): Promise<void> {
  await visit(page, `/?namespace=${cluster.namespace}`);
  await page.getByRole('grid', { name: 'Pods' }).waitFor({ timeout: 15_000 });
}

/** Opens a pod's page by its address, as a colleague's link would. */
export async function openPod(page: Page, cluster: StoryCluster, name: string): Promise<void> {
  await openPodOf(page, cluster.namespace, name);
}

/** Opens the page of a pod of any namespace. */
export async function openPodOf(page: Page, namespace: string, name: string): Promise<void> {
  await visit(page, `/pod?${new URLSearchParams({ context: 'admin', namespace, name })}`);
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** Follows a link to another page, and waits for that one's heading: until then locators find what the page before shows. */
export async function followLink(page: Page, link: string, heading = link): Promise<void> {
  await page.getByRole('link', { name: link }).click();
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
}

/** Opens the dialog on the pod whose page is open, by its key, and returns it. */
export async function openDialog(page: Page): Promise<Locator> {
  await page.keyboard.press('d');
  return page.getByRole('dialog');
}

/** Opens a pod's page and the dialog on it. */
export async function openDebugDialog(page: Page, cluster: StoryCluster, name: string): Promise<Locator> {
  await openPod(page, cluster, name);
  return openDialog(page);
}

export interface DebugChoice {
  image?: string;
  target?: string;
  profile?: string;
  command?: string;
}

/** Fills the open dialog and starts the debugger. */
export async function startDebugger(page: Page, choice: DebugChoice = {}): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (choice.image !== undefined) await dialog.getByLabel('Image', { exact: true }).fill(choice.image);
  if (choice.target !== undefined) await dialog.getByLabel('Target container').selectOption(choice.target);
  if (choice.profile !== undefined) await dialog.getByLabel('Profile').selectOption(choice.profile);
  if (choice.command !== undefined) await dialog.getByLabel('Command', { exact: true }).fill(choice.command);
  await dialog.getByRole('button', { name: 'Start debugger' }).click();
}
