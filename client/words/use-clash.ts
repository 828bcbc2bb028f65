import { useState } from 'react'
import { serverNow } from '../services/server-time'
import type { Trouble } from '../services/trouble'
import { type Clash, clashOf, isMovedOn, type Trace } from './clash'

/**
 * Whether somebody else was quicker, and the words for it: `timeline` is the trace as the page has it now. `begin` is
 * called before something is sent; `meet` with what was refused, and fetches the matter anew where it has moved on.
 */
export const useClash = (timeline: Trace, error: Trouble | undefined, reload: () => Promise<void>) => {
  const [seen, setSeen] = useState<Trace>()
  const hasNews = seen !== undefined && (error?.code === 'stale-rev' || timeline.length > seen.length)
  const clash: Clash | undefined = hasNews ? clashOf(seen, timeline, serverNow()) : undefined

  return {
    clash,
    /** What was refused was refused because the matter has moved on. */
    hasMoved: seen !== undefined,
    begin: () => setSeen(undefined),
    meet: async ({ code }: Trouble): Promise<void> => {
      if (!isMovedOn(code)) return
      await reload()
      setSeen(timeline)
    },
  }
}
