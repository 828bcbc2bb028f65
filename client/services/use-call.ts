import { useCallback, useState } from 'react'
import type { InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Outcome, type QueryAction } from './api'

/** Does what means the same however often it is sent, at a press. While it is on its way the button is busy. */
export const useCall = <A extends QueryAction>(action: A) => {
  const [isBusy, setBusy] = useState(false)
  const run = useCallback(
    async (input: InputOf<A>): Promise<Outcome<OutputOf<A>>> => {
      setBusy(true)
      const outcome = await call(action, input)
      setBusy(false)
      return outcome
    },
    [action],
  )
  return { run, isBusy }
}
