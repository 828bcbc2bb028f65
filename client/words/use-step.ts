import { useState } from 'react'
import type { CommandAction, OutputOf } from '../../cloudfunctions/contract/contract'
import type { CommandInput, Outcome } from '../services/api'
import type { Intentions } from '../services/command-id'
import { fieldProblems } from '../services/field-problems'
import { serverNow } from '../services/server-time'
import type { Trouble } from '../services/trouble'
import { useCommand } from '../services/use-command'
import { type Clash, clashOf, isMovedOn } from './clash'
import { lastSeqOf, type Trace } from './trace-lines'

/** Which report a step is about, and as it was when it was read. */
export const onReport = ({ id, rev }: { readonly id: string; readonly rev: number }) => ({
  reportId: id,
  rev,
})

/**
 * Whether somebody else was quicker, and the words for it: `timeline` is the trace as the page has it now. `begin` is
 * called before something is sent; `meet` with what was refused, and fetches the matter anew where it has moved on.
 */
const useClash = (timeline: Trace, error: Trouble | undefined, reload: () => Promise<void>) => {
  const [seen, setSeen] = useState<Trace>()
  const hasNews = seen !== undefined && (error?.code === 'stale-rev' || lastSeqOf(timeline) > lastSeqOf(seen))
  const clash: Clash | undefined = hasNews ? clashOf(seen, timeline, serverNow()) : undefined

  return {
    clash,
    hasMoved: seen !== undefined,
    begin: () => setSeen(undefined),
    meet: async ({ code }: Trouble): Promise<void> => {
      if (!isMovedOn(code)) return
      await reload()
      setSeen(timeline)
    },
  }
}

/**
 * One step on a report. When the report has moved on meanwhile it is fetched anew and what was typed stays; `clash` says
 * who did what, else `message` why it was refused and `problems` what is wrong with each field.
 */
export const useStep = <A extends CommandAction>(
  action: A,
  timeline: Trace,
  reload: () => Promise<void>,
  intentions?: Intentions,
) => {
  const { run, isBusy, error } = useCommand(action, { intentions })
  const { clash, hasMoved, begin, meet } = useClash(timeline, error, reload)
  const shown = clash ? undefined : error

  const step = async (input: CommandInput<A>): Promise<Outcome<OutputOf<A>>> => {
    begin()
    const outcome = await run(input)
    if (!outcome.ok) await meet(outcome.error)
    return outcome
  }

  return {
    step,
    isBusy,
    clash,
    /** What was refused was refused because the matter has moved on. */
    hasMoved,
    /** It was refused because something has happened to the matter that had not been seen. */
    isStale: error?.code === 'stale-rev',
    message: shown?.message,
    problems: fieldProblems(shown),
  }
}
