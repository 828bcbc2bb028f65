import { rm } from 'node:fs/promises'
import { bundleFolder } from './bundle-functions.setup'

const tearDown = (): Promise<void> => rm(bundleFolder, { recursive: true, force: true })

export default tearDown
