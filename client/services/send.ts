import { useSyncExternalStore } from 'react'
import type { CommandAction, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { call, type Outcome } from './api'
import { isOfflineNow, whenOnline } from './network'
import type { Trouble } from './trouble'

interface Sending {
  readonly giveUp: () => void
}

const nothing: readonly Sending[] = []
const listeners = new Set<() => void>()
let sendings = nothing

const change = (next: readonly Sending[]): void => {
  sendings = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const read = (): readonly Sending[] => sendings

/** The commands that are on their way, the oldest first. */
export const useSendings = (): readonly Sending[] => useSyncExternalStore(subscribe, read, read)

const givenUp: Trouble = {
  code: 'given-up',
  message: '停下了，写的都在。也许已经送到；再按一次，不会重复。',
}

/**
 * Carries out a command. Without a network it waits for one and is sent then; whoever does not want to wait may give up:
 * what was typed stays, and sent again with the same `commandId` it is still done once.
 */
export const send = async <A extends CommandAction>(
  action: A,
  input: InputOf<A>,
): Promise<Outcome<OutputOf<A>>> => {
  let giveUp = (): void => undefined
  const stopped = new Promise<'stopped'>((resolve) => {
    giveUp = () => resolve('stopped')
  })
  const sending: Sending = { giveUp }
  change([...sendings, sending])
  try {
    for (;;) {
      const outcome = await Promise.race([call(action, input), stopped])
      if (outcome === 'stopped') return { ok: false, error: givenUp }
      const hasNoNetwork = !outcome.ok && outcome.error.code === 'network' && (await isOfflineNow())
      if (!hasNoNetwork) return outcome
      if ((await Promise.race([whenOnline(), stopped])) === 'stopped') return { ok: false, error: givenUp }
    }
  } finally {
    change(sendings.filter((one) => one !== sending))
  }
}
