import { isRecord, keptValue } from './kept-value'

/** Whom their phone has let in on this computer, as the server said. */
export interface WebSession {
  readonly sessionId: string
  /** Tells the people who use this computer apart, and nothing else. */
  readonly person: string
  readonly isPublic: boolean
  readonly untilAt: number
}

export const webSession = /* @__PURE__ */ keptValue(() => 'web-session', isRecord<WebSession>)
