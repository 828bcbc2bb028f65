import type { Keyed } from '../../ground/keyed'
import type { SignIn, SignInStatus, WebSession } from './rules/sign-in'

export interface SignIns {
  get(id: string): Promise<SignIn | undefined>
  begin(signIn: SignIn): Promise<void>
  /** False when it is no more as it was: somebody else was quicker. */
  become(
    id: string,
    was: SignInStatus,
    next: { readonly status: SignInStatus } & Partial<Pick<SignIn, 'accountId' | 'stay'>>,
  ): Promise<boolean>
  /** Removes those that were over by then, `most` at once; says how many. */
  dropOver(before: number, most: number): Promise<number>
}

export interface WebSessions {
  get(id: string): Promise<WebSession | undefined>
  /** The session as it was begun first, however often it is begun. */
  begin(session: WebSession): Promise<WebSession>
  /** An account's, the last begun first. */
  latest(accountId: string, most: number): Promise<readonly WebSession[]>
  /** Ends one of an account's that has not ended; false when there is none. */
  end(id: string, accountId: string, now: number): Promise<boolean>
  /** Removes those that were over by then, `most` at once; says how many. */
  dropOver(before: number, most: number): Promise<number>
}

/** What it asks of the outside. */
export interface SignInPorts {
  readonly signIns: SignIns
  readonly webSessions: WebSessions
  readonly keyed: Keyed
  /** A number below the limit, from the environment's source for secrets. */
  readonly draw: (limit: number) => number
  /** 128 random bits in hex, from the same. */
  readonly newSalt: () => string
  /** What the platform lets a browser in with, as this user; undefined where the environment has no key for it. */
  readonly loginTicket: ((userId: string, now: number) => string) | undefined
}
