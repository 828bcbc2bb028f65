import tcb from '@cloudbase/node-sdk'
import { type Cloud, platformVariables } from './cloudbase'

const envId = 'local'

/** The server SDK over a cloud on this machine, of a program outside its functions. */
export const openServerSdk = (
  { adminUrl }: Pick<Cloud, 'adminUrl'>,
  timeoutMs?: number,
): ReturnType<typeof tcb.init> => {
  Object.assign(process.env, platformVariables(envId))
  return tcb.init({
    env: envId,
    secretId: 'local',
    secretKey: 'local',
    serviceUrl: adminUrl,
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  })
}
