import { useEffect, useRef, useState } from 'react'
import type { Outcome, Trouble } from '../../services/api'
import { type Intentions, intentionFor } from '../../services/command-id'
import { useNetworkReturn } from '../../services/network-return'
import { isForLater } from '../../services/trouble'
import { isWhole, type ReportDraft } from './draft'

interface SubmitOptions<S extends object, R> {
  readonly draft: Pick<ReportDraft, 'isToSend' | 'photos'>
  /** Somebody may be in danger. */
  readonly isUrgent: boolean
  /** Undefined while something is missing without which nothing can be said to the server. */
  readonly submission: S | undefined
  readonly submit: (submission: S & { readonly commandId: string }) => Promise<Outcome<R>>
  /** Kept with the draft: the same words sent again, even days later, are the same command. */
  readonly intentions: Intentions
  readonly onSent: (receipt: R) => void
  readonly onRefused: (refusal: Trouble) => void
}

/**
 * Sends the draft once 提交 was pressed and all its pictures have arrived, and tries again by itself when a network may
 * be back. Its command id is kept in the draft before anything leaves the device, so that the same words sent again
 * after a lost answer, or after the app was closed, make one report.
 */
export const useSubmit = <S extends object, R>(options: SubmitOptions<S, R>) => {
  const { draft, submission } = options
  const latest = useRef(options)
  latest.current = options
  const isUnderWay = useRef(false)
  const [isBusy, setBusy] = useState(false)
  /** Why the last try did not get through. */
  const [trouble, setTrouble] = useState<Trouble>()

  const send = async (): Promise<void> => {
    const now = latest.current
    if (isUnderWay.current || !now.draft.isToSend || !now.submission || !isWhole(now.draft, now.isUrgent))
      return
    // Until the page has drawn the outcome nothing else may begin: two presses in one task are one report.
    isUnderWay.current = true
    const meant = intentionFor(now.intentions.read(), now.submission)
    now.intentions.keep(meant)
    setBusy(true)
    const outcome = await now.submit({ ...now.submission, commandId: meant.commandId })
    setBusy(false)
    if (outcome.ok) return latest.current.onSent(outcome.value)
    isUnderWay.current = false
    // Tries count too, and on a bad network there are many: what is whole is not given up for that.
    if (isForLater(outcome.error)) return setTrouble(outcome.error)
    latest.current.onRefused(outcome.error)
  }

  const isReady = draft.isToSend && submission !== undefined && isWhole(draft, options.isUrgent)
  const begin = useRef(send)
  begin.current = send
  useEffect(() => {
    if (isReady) void begin.current()
    else setTrouble(undefined)
  }, [isReady])

  useNetworkReturn(isReady, () => void send())

  const isSending = isBusy || (draft.isToSend && draft.photos.some(({ state }) => state === 'sending'))
  // While the first try is on its way the button says so.
  const isWaiting = draft.isToSend && (!isBusy || trouble !== undefined)
  return { isSending, isWaiting, trouble }
}
