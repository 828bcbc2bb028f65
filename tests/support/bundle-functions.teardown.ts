import { rm } from 'node:fs/promises'
import { bundleFolder, demonstrationFolder } from './bundle-functions.setup'

const tearDown = async (): Promise<void> => {
  for (const folder of [bundleFolder, demonstrationFolder]) await rm(folder, { recursive: true, force: true })
}

export default tearDown
