import { publicKey } from './device-storage'

/** From now on nothing outlives this window. */
export const keepNothing = (): void => sessionStorage.setItem(publicKey, '1')

/** What this window has kept is gone. */
export const forgetWhatIsKept = (): void => sessionStorage.clear()
