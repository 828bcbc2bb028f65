import { chainsInFolder } from './from-folder'
import { sayReport, verifyChains } from './verify'

/** The state of the ledger in a data folder, in one line; what cannot be read is said too and stops nothing. */
export const sayLedger = async (folder: string): Promise<string> => {
  try {
    return sayReport(await verifyChains(chainsInFolder(folder)))
  } catch (error) {
    return `THE LEDGER CANNOT BE READ: ${error instanceof Error ? error.message : String(error)}`
  }
}
