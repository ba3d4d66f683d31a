import * as z from 'zod';

// Kubernetes' own rules for names: they become parts of a URL, so nothing else may pass.
export const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
export const dnsSubdomain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/);
/** Names of contexts are free text in a kubeconfig; they are only ever compared. */
export const contextName = z.string().min(1).max(512);
