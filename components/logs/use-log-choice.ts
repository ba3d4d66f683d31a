'use client';

import type { LogChoice } from '../links/log-address.ts';
import { useParameter } from '../links/use-parameter.ts';

export const firstExtent = 'tail=1000';

export interface ChosenLog extends LogChoice {
  /** Only lines with this text are shown. */
  text: string;
  /** Names of other containers, whose lines come between. */
  others: string[];
}

/** What is shown of a container's log. The address has it too, so that a link and a reload keep it. */
export function useLogChoice(container: string): [chosen: ChosenLog, change: (change: Partial<ChosenLog>) => void] {
  const [text, setText] = useParameter('filter');
  const [extent, setExtent] = useParameter('extent');
  const [previous, setPrevious] = useParameter('previous');
  const [timestamps, setTimestamps] = useParameter('timestamps');
  const [follow, setFollow] = useParameter('follow');
  // Names with commas between.
  const [together, setTogether] = useParameter('with');
  const chosen: ChosenLog = {
    text,
    extent: extent === '' ? firstExtent : extent,
    previous: previous === 'true',
    timestamps: timestamps === 'true',
    follow: follow !== 'false',
    others: together.split(',').filter((name) => name !== '' && name !== container),
  };
  const change = (changed: Partial<ChosenLog>) => {
    if (changed.text !== undefined) setText(changed.text);
    if (changed.extent !== undefined) setExtent(changed.extent);
    if (changed.previous !== undefined) setPrevious(changed.previous ? 'true' : '');
    if (changed.timestamps !== undefined) setTimestamps(changed.timestamps ? 'true' : '');
    if (changed.follow !== undefined) setFollow(changed.follow ? '' : 'false');
    if (changed.others !== undefined) setTogether(changed.others.join(','));
  };
  return [chosen, change];
}
