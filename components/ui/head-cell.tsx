import { clsx } from 'clsx';

export interface HeadCellProps {
  children: string;
  /** Columns of numbers are aligned to the right. */
  isNumber?: boolean;
  className?: string;
}

/** The head of a column in a table of many rows. The first one is indented like the text of the section. */
export function HeadCell({ children, isNumber = false, className }: HeadCellProps) {
  return (
    <th
      scope="col"
      className={clsx(
        'px-2 py-2 font-normal whitespace-nowrap first:pl-3 sm:first:pl-4',
        isNumber && 'text-right',
        className,
      )}
    >
      {children}
    </th>
  );
}
