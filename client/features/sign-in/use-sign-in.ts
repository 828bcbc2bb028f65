import { useCallback, useEffect, useState } from 'react'
import type { OutputOf } from '../../../cloudfunctions/contract/contract'
import { call, type Trouble } from '../../services/api'
import { keepNothing } from '../../services/public-computer'
import { signInWithTicket } from '../../services/session'
import { silenceOf, troubleOf } from '../../services/trouble'
import { webSession } from '../../services/web-session'
import { deviceName } from './device-name'

/** So often the page asks whether the phone has answered. */
const everyMs = 2_000
/** After so many codes that nobody scanned the page waits until somebody wants one. */
const mostCodes = 5

type Code = OutputOf<'signIn.begin'>
type SignedIn = NonNullable<OutputOf<'signIn.take'>['signedIn']>

export type SigningIn =
  | { readonly state: 'beginning' }
  | ({ readonly state: 'waiting' | 'seen' } & Code)
  | { readonly state: 'refused' | 'paused' | 'confirmed' }
  | { readonly state: 'failed'; readonly error: Trouble }

const letIn = async ({ ticket, sessionId, person, isPublic, untilAt }: SignedIn): Promise<void> => {
  if (isPublic) keepNothing()
  await signInWithTicket(ticket)
  webSession.keep({ sessionId, person, isPublic, untilAt })
}

/** Shows a code, another one when its time is over, and lets in whoever confirms it. `onDone` when somebody is in. */
export const useSignIn = (isPublic: boolean, onDone: () => void) => {
  const [shown, setShown] = useState<SigningIn>({ state: 'beginning' })
  const [round, setRound] = useState({ no: 0, codes: 0 })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round begins anew.
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const pause = () =>
      new Promise((go) => {
        timer = setTimeout(go, everyMs)
      })

    const nextCode = (): void => {
      if (round.codes + 1 >= mostCodes) setShown({ state: 'paused' })
      else setRound(({ no, codes }) => ({ no: no + 1, codes: codes + 1 }))
    }

    const go = async (): Promise<void> => {
      const begun = await call('signIn.begin', { device: deviceName(navigator.userAgent), isPublic })
      if (isGone) return
      if (!begun.ok) {
        setShown({ state: 'failed', error: begun.error })
        return
      }
      const { code, pageKey } = begun.value
      setShown({ state: 'waiting', ...begun.value })
      for (;;) {
        await pause()
        if (isGone) return
        const asked = await call('signIn.take', { code, pageKey })
        if (isGone) return
        // What was not answered is asked again.
        if (!asked.ok) continue
        const { state, signedIn } = asked.value
        if (signedIn) {
          setShown({ state: 'confirmed' })
          await letIn(signedIn)
          onDone()
          return
        }
        if (state === 'over') {
          nextCode()
          return
        }
        if (state === 'refused') {
          setShown({ state })
          return
        }
        if (state === 'seen') setShown({ state, ...begun.value })
      }
    }

    go().catch((error: unknown) => {
      if (!isGone) setShown({ state: 'failed', error: troubleOf(silenceOf(error), false) })
    })
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [isPublic, round.no])

  const renew = useCallback(() => {
    setShown({ state: 'beginning' })
    setRound(({ no }) => ({ no: no + 1, codes: 0 }))
  }, [])
  return { shown, renew }
}
