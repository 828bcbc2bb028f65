import type sdk from '@cloudbase/js-sdk'
// The core first: each part adds itself to the core it finds on the window.
import bareCloudbase from '@cloudbase/js-sdk/app'
import '@cloudbase/js-sdk/auth'
import '@cloudbase/js-sdk/functions'
import '@cloudbase/js-sdk/storage'
import { recalledPersona, ticketFor } from './persona'

// Put together from its parts it is the SDK, only its types are published for the whole alone.
const cloudbase = bareCloudbase as unknown as typeof sdk

const pointAtThisMachine = () => {
  const protocol = window.location.protocol === 'https:' ? 'https' : 'http'
  const { host } = window.location
  cloudbase.registerEndPoint(`//${host}/web`, protocol)
  cloudbase.registerEndPointWithKey({ key: 'GATEWAY', url: `//${host}/v1`, protocol })
}

const app = cloudbase.init({ env: process.env.REDFACE_CLOUD_ENV ?? '', region: 'ap-shanghai' })
if (process.env.REDFACE_LOCAL) pointAtThisMachine()

const auth = app.auth({ persistence: 'local' })

/** Signs in afresh: as the chosen persona in the local build, else without a name. */
const signIn = async (): Promise<void> => {
  if (process.env.REDFACE_LOCAL) {
    const persona = recalledPersona()
    if (persona) {
      await auth.signInWithCustomTicket(() => ticketFor(persona))
      return
    }
  }
  const { error } = await auth.signInAnonymously()
  if (error) throw new Error(`anonymous sign-in failed: ${error.message}`)
}

/** Uses the sign-in this browser remembers, or makes one. */
const ensureSignedIn = async (): Promise<void> => {
  if (!(await auth.getLoginState())) await signIn()
}

export const cloudbaseWeb = { app, signIn, ensureSignedIn }
