import type { CloudAnswer } from './cloud-api'

/** What the page's head has begun while the scripts were still on their way (`client/early.ts`). */
export interface Early {
  /** Settles when the sign-in is kept, or has failed. */
  readonly signedIn: Promise<unknown>
  /** The call that the first page begins with; nothing where it puts its questions one by one. */
  readonly call?: { readonly path: string; readonly body: string; readonly answer: Promise<CloudAnswer> }
}

declare global {
  interface Window {
    early?: Early | undefined
  }
}

/** The sign-in that the page's head has begun, to wait for. */
export const earlySignIn = (): Promise<unknown> | undefined => window.early?.signedIn

/** The answer to this very call, where the page's head has made it; once, for what is asked again is asked anew. */
export const takeEarly = (path: string, body: unknown): Promise<CloudAnswer> | undefined => {
  const { early } = window
  if (!early?.call || early.call.path !== path || early.call.body !== JSON.stringify(body)) return undefined
  window.early = { signedIn: early.signedIn }
  return early.call.answer
}
