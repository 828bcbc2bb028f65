import { ComputersScreen } from './computers-screen'

/** A phone has nothing to sign in to: it shows where it is signed in. */
export function SignInScreen(_: { readonly isOver: boolean }) {
  return <ComputersScreen />
}
