import { useCallback, useRef, useState } from 'react'
import type { CommandAction, OutputOf } from '../../cloudfunctions/contract/contract'
import { type CommandInput, command, type Outcome, type Trouble } from './api'
import { asFirstSent, heldIntentions, type Intentions, intentionFor, newCommandId } from './command-id'
import { noteOwnStep } from './own-steps'
import { send } from './send'
import { isUndecided } from './trouble'
import { noteAnswerTo } from './use-query'

interface CommandOptions {
  /** Nobody has pressed anything: nobody is told that it waits, and it waits for no network. */
  readonly isQuiet?: boolean
  /** Where what is meant is kept: with the draft, where there is one. */
  readonly intentions?: Intentions
}

/** A step on a report is answered with the report as it is after it: the pages that show it need not ask again. */
const noteView = (answer: OutputOf<CommandAction>, answeredAt: number): void => {
  if (!('reportId' in answer)) return
  const view = 'view' in answer ? answer.view : undefined
  noteAnswerTo('report.get', { reportId: answer.reportId }, view, answeredAt)
}

/** Sends what is meant, and keeps it until it is decided. */
const sendAs = async <A extends CommandAction>(
  action: A,
  input: CommandInput<A>,
  intentions: Intentions,
): Promise<Outcome<OutputOf<A>>> => {
  const meant = intentionFor(intentions.read(), input)
  intentions.keep(meant)
  const outcome = await send(action, asFirstSent(input, meant))
  if (outcome.ok || !isUndecided(outcome.error)) intentions.forget()
  return outcome
}

/**
 * Sends one command from a form. `error` is what to show in the form. Pressed again with the same words before it was
 * answered or refused it is the same command, whatever has happened to the report meanwhile. Two presses in one task find
 * the button as it was before the first: the second is none, and is never answered.
 */
export const useCommand = <A extends CommandAction>(
  action: A,
  { isQuiet = false, intentions }: CommandOptions = {},
) => {
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<Trouble>()
  const [held] = useState(heldIntentions)
  const meant = intentions ?? held
  const isUnderWay = useRef(false)

  const run = useCallback(
    async (input: CommandInput<A>): Promise<Outcome<OutputOf<A>>> => {
      if (!isQuiet && isUnderWay.current) return new Promise(() => undefined)
      isUnderWay.current = true
      setIsBusy(true)
      setError(undefined)
      const sending = isQuiet
        ? command(action, { ...input, commandId: newCommandId() }, { isQuiet })
        : sendAs(action, input, meant)
      const outcome = await sending
      isUnderWay.current = false
      setIsBusy(false)
      if (outcome.ok) {
        noteOwnStep()
        noteView(outcome.value, outcome.now)
      } else setError(outcome.error)
      return outcome
    },
    [action, isQuiet, meant],
  )

  return { run, isBusy, error }
}
