import type { CommandAction, OutputOf } from '../../cloudfunctions/contract/contract'
import { type CommandInput, command, type Outcome } from './api'
import { isOfflineNow, whenOnline } from './network'
import { troubleOf } from './trouble'
import { noteUnderWay } from './under-way'

/** Answers whether the network has come back, or has been given up. */
const waitForNetwork = async (): Promise<boolean> => {
  let done = (): void => undefined
  const isGivenUp = new Promise<false>((resolve) => {
    done = noteUnderWay(() => resolve(false))
  })
  const isBack = await Promise.race([whenOnline().then(() => true), isGivenUp])
  done()
  return isBack
}

/**
 * Carries out a command. Without a network it waits for one and is sent then; whoever does not want to wait may give up:
 * what was typed stays, and sent again with the same `commandId` it is still done once.
 */
export const send = async <A extends CommandAction>(
  action: A,
  input: CommandInput<A> & { readonly commandId: string },
): Promise<Outcome<OutputOf<A>>> => {
  for (;;) {
    const outcome = await command(action, input)
    const hasNoNetwork = !outcome.ok && outcome.error.code === 'network' && (await isOfflineNow())
    if (!hasNoNetwork) return outcome
    if (!(await waitForNetwork())) return { ok: false, error: troubleOf('givenUp', true) }
  }
}
