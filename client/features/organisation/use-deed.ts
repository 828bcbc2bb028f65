import { useState } from 'react'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { useNow } from '../../components/use-now'
import type { CommandInput } from '../../services/api'
import type { Intentions } from '../../services/command-id'
import { fieldProblems } from '../../services/field-problems'
import { useCommand } from '../../services/use-command'
import { mistakesText } from '../../words/mistakes'
import { type UnitChangeView, unitClash } from '../../words/unit-change'

type UnitCommand = 'unit.correct' | 'unit.rename' | 'unit.add' | 'unit.move' | 'unit.split' | 'unit.close'

interface Beside {
  readonly latest: UnitChangeView | undefined
  readonly named: readonly { readonly id: string; readonly name: string }[]
  readonly reload: () => Promise<void>
}

/** Whoever had it open is told of by what has come of it meanwhile. */
const isClash = (code: string): boolean =>
  code === 'stale-rev' || code === 'change-planned' || code === 'unit-ended'

/**
 * Sends a deed of a unit. Where somebody else was quicker the unit is read anew, and the form says who, when and what;
 * what was typed stays, and pressed again it counts on what is there now.
 */
export const useDeed = <A extends UnitCommand>(
  action: A,
  { latest, named, reload }: Beside,
  labels: Readonly<Record<string, string>>,
  intentions: Intentions,
) => {
  const now = useNow()
  const { run, isBusy, error } = useCommand(action, { intentions })
  const [hasClashed, setClashed] = useState(false)

  const send = async (input: CommandInput<A>): Promise<OutputOf<A> | undefined> => {
    setClashed(false)
    const outcome = await run(input)
    if (outcome.ok) return outcome.value
    if (isClash(outcome.error.code)) {
      await reload()
      setClashed(outcome.error.code === 'stale-rev')
    }
    return undefined
  }

  const problems = fieldProblems(error)
  const mistakes = mistakesText(
    Object.entries(problems).flatMap(([field, why]) =>
      labels[field] ? [{ label: labels[field], why }] : [],
    ),
  )
  return {
    send,
    isBusy,
    problems,
    clash: hasClashed ? unitClash(latest, named, now) : undefined,
    trouble: hasClashed ? undefined : (mistakes ?? error?.message),
  }
}
