import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundleFunctions } from '../../config/bundle-functions'

/** A folder of this run's own, within the project so that native libraries are found. */
export const bundleFolder = path.join(__dirname, `../../dist/functions-under-test-${process.pid}`)

/** Where this run's demonstration is written by the first test that needs it. */
export const demonstrationFolder = path.join(tmpdir(), `redface-demonstration-${process.pid}`)

/**
 * Function tests run the bundles that would be deployed, built from the sources as they are now. Runs that are
 * known to open no function may leave it out.
 */
const setUp = async (): Promise<void> => {
  process.env.DEMONSTRATION_FOLDER = demonstrationFolder
  if (process.env.SKIP_BUNDLE === '1') return
  await bundleFunctions(bundleFolder)
  process.env.FUNCTION_ROOT = bundleFolder
}

export default setUp
