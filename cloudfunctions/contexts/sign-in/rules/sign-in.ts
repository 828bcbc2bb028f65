import { dayMs, hourMs, minuteMs } from '../../../ground/instant'

/** How long a code is shown before the page shows another one. */
export const codeMs = 2 * minuteMs
/** Confirmed at the last moment, it is fetched a moment later. */
export const fetchMs = minuteMs

/** How long somebody stays signed in on a computer, as they choose; a public one forgets at the latest after two hours. */
export const stays = ['day', 'week'] as const
export type Stay = (typeof stays)[number]
export const stayMs: Readonly<Record<Stay, number>> = { day: 12 * hourMs, week: 7 * dayMs }
export const publicMs = 2 * hourMs

export const signedInUntil = (isPublic: boolean, stay: Stay, now: number): number =>
  now + (isPublic ? publicMs : stayMs[stay])

/** `seen`: by a phone, which has not answered yet; `taken`: the computer has fetched its ticket, which is made once. */
export type SignInStatus = 'waiting' | 'seen' | 'confirmed' | 'refused' | 'taken'

/** One attempt to sign in on a computer. */
export interface SignIn {
  /** Keyed digest of the code: who reads the database cannot show it. */
  readonly id: string
  /** Keyed digest of what the page alone knows: who sees the code cannot fetch the ticket. */
  readonly page: string
  readonly words: string
  readonly choices: readonly string[]
  /** What the browser says it is, for the phone to show. */
  readonly device: string
  readonly isPublic: boolean
  readonly status: SignInStatus
  readonly expiresAt: number
  /** Who saw it first: nobody else may answer. */
  readonly accountId?: string
  readonly stay?: Stay
}

/** A computer on which somebody is, or was, signed in. */
export interface WebSession {
  readonly id: string
  readonly accountId: string
  readonly device: string
  readonly isPublic: boolean
  readonly startedAt: number
  readonly untilAt: number
  readonly endedAt: number | null
}

export const isRunning = ({ untilAt, endedAt }: WebSession, now: number): boolean =>
  endedAt === null && now < untilAt

/** What the platform knows a computer's session by; the rest is random. A persona's id never begins so. */
export const webSessionPrefix = 'web-'
