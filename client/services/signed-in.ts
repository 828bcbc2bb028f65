import { chosenPersona } from './persona'
import { webSession } from './web-session'

/**
 * Who uses this device, as far as it can tell before anything is asked: what is kept here for one is never shown to
 * another. WeChat has signed everybody in and keeps what a mini-program stores apart for each of its users; a browser
 * remembers whom it signed in as, and whoever has no name there is a visitor.
 */
const signedInAs = (): string | undefined => {
  if (process.env.TARO_ENV === 'weapp') return 'self'
  return webSession.read()?.person ?? (process.env.REDFACE_LOCAL ? chosenPersona.read()?.id : undefined)
}

/** On the web without a name one reads; reporting, photographs and verdicts need one. */
export const isVisitor = (): boolean => signedInAs() === undefined

/** The place in this device's storage for what only this person may see again. */
export const ownStorageKey = (name: string): string => `${name}:${signedInAs() ?? 'visitor'}`
