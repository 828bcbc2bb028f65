import type { PeoplePorts } from '../ports'
import { codeDigest, codeFrom } from '../rules/code'

/** A code that nobody has been given before, and all that is kept of it. */
interface NewCode {
  readonly code: string
  readonly codeDigest: string
  readonly codeNo: number
}

/** One of a million invitations meets a code that has been given out: two further ones are enough for ever. */
const mostCodes = 3

/** What makes the codes of one command: nobody else's are the same. */
export const codeSeed = (accountId: string, commandId: string, place: number): string =>
  JSON.stringify([accountId, commandId, place])

const candidate = (keyed: PeoplePorts['keyed'], seed: string, codeNo: number): NewCode => {
  const code = codeFrom(keyed, `${seed}|${codeNo}`)
  return { code, codeDigest: codeDigest(keyed, code), codeNo }
}

/** The code that was given out, worked out again: it lies nowhere. */
export const codeAgain = (keyed: PeoplePorts['keyed'], seed: string, codeNo: number): string =>
  candidate(keyed, seed, codeNo).code

/** A new code for each of the seeds. */
export const newCodes = async (
  { invitations, keyed }: Pick<PeoplePorts, 'invitations' | 'keyed'>,
  seeds: readonly string[],
): Promise<readonly NewCode[]> => {
  const all = seeds.map((seed) => Array.from({ length: mostCodes }, (_, no) => candidate(keyed, seed, no)))
  const given = await invitations.codesAmong(all.flat().map((one) => one.codeDigest))
  return all.map((some) => {
    const free = some.find((one) => !given.has(one.codeDigest))
    if (!free) throw new Error('every code of a command has been given out before')
    return free
  })
}
