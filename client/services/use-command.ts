import { useCallback, useRef, useState } from 'react'
import type { CommandAction, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Outcome, type Trouble } from './api'
import { newCommandId } from './command-id'

/**
 * Sends one command from a form. The same words keep their command id through every retry, so that they are
 * carried out once; changed words are a new intention with a new id. `error` is what to show in the form.
 */
export const useCommand = <A extends CommandAction>(action: A) => {
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<Trouble>()
  const intention = useRef<{ readonly key: string; readonly commandId: string }>()

  const run = useCallback(
    async (input: Omit<InputOf<A>, 'commandId'>): Promise<Outcome<OutputOf<A>>> => {
      const key = JSON.stringify(input)
      if (intention.current?.key !== key) intention.current = { key, commandId: newCommandId() }
      setIsBusy(true)
      setError(undefined)
      const { commandId } = intention.current
      const outcome = await call(action, { ...input, commandId } as InputOf<A>)
      setIsBusy(false)
      if (outcome.ok) intention.current = undefined
      else setError(outcome.error)
      return outcome
    },
    [action],
  )

  return { run, isBusy, error }
}
