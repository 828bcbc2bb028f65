import type { Keyed } from '../../../ground/keyed'

/** Letters and digits that nobody confuses when reading them aloud. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const spell = (hex: string, length: number): string => {
  let text = ''
  for (let at = 0; at < length; at += 1) {
    text += alphabet[Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) % alphabet.length]
  }
  return text
}

/**
 * The account's key within one report. Keyed, because account ids can be guessed: who has the database alone
 * can neither name the account nor link two of its reports.
 */
export const participantKey = (keyed: Keyed, accountId: string, reportId: string): string =>
  spell(keyed(`participant|${reportId}|${accountId}`), 16)

/** 居民 7F3K: differs from report to report. */
export const pseudonymOf = (key: string): string => key.slice(0, 4)

/**
 * Who acts, as one report's record tells two people apart: the same within that report, another in every other
 * one.
 */
export const actorIdOf = (keyed: Keyed, accountId: string, reportId: string): string =>
  keyed(`actor|${reportId}|${accountId}`).slice(0, 16)

/** No unit's id begins so: figures of hands lie beside those of units. */
export const handPrefix = 'hand.'

/** By what is found what one of a unit's own people has in hand: it names nobody, and nobody outside of the database reads it. */
export const handKeyOf = (keyed: Keyed, accountId: string, unitId: string): string =>
  `${handPrefix}${keyed(`hand|${unitId}|${accountId}`).slice(0, 24)}`

/** A report's id follows from caller and command, so that a repeated submission meets its first. */
export const reportIdOf = (keyed: Keyed, accountId: string, commandId: string): string =>
  `r${spell(keyed(`report|${accountId}|${commandId}`), 19)}`
