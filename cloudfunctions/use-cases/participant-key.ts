import type { Ports } from './ports'

/** Letters and digits that nobody confuses when reading them aloud. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const spell = (hex: string, length: number): string => {
  let text = ''
  for (let at = 0; at < length; at += 1) {
    text += alphabet[Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) % alphabet.length]
  }
  return text
}

/** The account's key within one report: says nothing outside it, and nothing of the account. */
export const participantKey = (sha256: Ports['sha256'], accountId: string, reportId: string): string =>
  spell(sha256(`participant|${reportId}|${accountId}`), 16)

/** 居民 7F3K: differs from report to report. */
export const pseudonymOf = (key: string): string => key.slice(0, 4)

/** A report's id follows from caller and command, so that a repeated submission meets its first. */
export const reportIdOf = (sha256: Ports['sha256'], accountId: string, commandId: string): string =>
  `r${spell(sha256(`report|${accountId}|${commandId}`), 19)}`

/** What makes two commands the same one: who sent it, what it does, with what. */
export const commandDigest = (
  sha256: Ports['sha256'],
  accountId: string,
  action: string,
  input: unknown,
): string => sha256(JSON.stringify([accountId, action, input])).slice(0, 32)
