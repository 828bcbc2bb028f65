import { useCallback, useRef, useState } from 'react'
import type { CommandAction, OutputOf } from '../../cloudfunctions/contract/contract'
import { type CommandInput, command, type Outcome, type Trouble } from './api'
import { intention } from './command-id'
import { noteOwnStep } from './own-steps'
import { send } from './send'
import { noteAnswerTo } from './use-query'

interface CommandOptions {
  /** Nobody has pressed anything: nobody is told that it waits, and it waits for no network. */
  readonly isQuiet?: boolean
}

/** A step on a report is answered with the report as it is after it: the pages that show it need not ask again. */
const noteView = (answer: OutputOf<CommandAction>, answeredAt: number): void => {
  if (!('reportId' in answer)) return
  const view = 'view' in answer ? answer.view : undefined
  noteAnswerTo('report.get', { reportId: answer.reportId }, view, answeredAt)
}

/**
 * Sends one command from a form. `error` is what to show in the form. Two presses in one task find the button as it was
 * before the first: the second is none, and is never answered.
 */
export const useCommand = <A extends CommandAction>(action: A, { isQuiet = false }: CommandOptions = {}) => {
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<Trouble>()
  const [meant] = useState(intention)
  const isUnderWay = useRef(false)

  const run = useCallback(
    async (input: CommandInput<A>): Promise<Outcome<OutputOf<A>>> => {
      if (!isQuiet && isUnderWay.current) return new Promise(() => undefined)
      isUnderWay.current = true
      setIsBusy(true)
      setError(undefined)
      const meantOnce = { ...input, commandId: meant.idFor(input) }
      const outcome = await (isQuiet ? command(action, meantOnce, { isQuiet }) : send(action, meantOnce))
      isUnderWay.current = false
      setIsBusy(false)
      if (outcome.ok) {
        meant.isDone()
        noteOwnStep()
        noteView(outcome.value, outcome.now)
      } else setError(outcome.error)
      return outcome
    },
    [action, isQuiet, meant],
  )

  return { run, isBusy, error }
}
