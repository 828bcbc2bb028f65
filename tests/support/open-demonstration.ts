import type { Cloud } from '../../local/cloudbase'
import { openProduct } from '../../local/product'
import { layDemonstration } from './demonstration'
import { opened } from './opened'
import { ownFolder } from './own-folder'

/**
 * The product with the demonstration as it was first written, in a folder of its own, without timers; a query that no
 * index serves is refused. Closed when the tests of the file are over.
 */
export const openDemonstration = async (name: string): Promise<Cloud> => {
  const folder = await ownFolder(name)
  await layDemonstration(folder)
  const cloud = await openProduct({ port: 0, folder, isTimersOn: false, unindexedQueries: 'refuse' })
  opened(cloud.close)
  return cloud
}
