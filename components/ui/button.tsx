import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

type Variant = 'primary' | 'plain' | 'ghost';

const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent font-medium hover:brightness-110',
  plain: 'border border-line bg-surface hover:bg-raised',
  ghost: 'text-muted hover:bg-raised hover:text-text',
};

type Size = 'small' | 'medium';

/** The look of a button, also for a link that stands among buttons. */
export function buttonClass({ variant = 'plain', size = 'medium' }: { variant?: Variant; size?: Size } = {}): string {
  return clsx(
    'inline-flex items-center justify-center gap-1.5 rounded-md whitespace-nowrap transition-colors disabled:opacity-50',
    size === 'small' ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm',
    variants[variant],
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: Variant;
  size?: Size;
}

export function Button({ variant = 'plain', size = 'medium', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={clsx(buttonClass({ variant, size }), className)} />;
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** Read out and shown on hover, because an icon alone says nothing. */
  label: string;
  children: ReactNode;
}

export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-raised hover:text-text disabled:opacity-40',
        className,
      )}
    />
  );
}
