import { limitRepository } from '../../contexts/limits/store'
import { unitRepository } from '../../contexts/organisation/store'
import { admissionRoom } from '../../contexts/photo/routes'
import { photoRepository } from '../../contexts/photo/store'
import { openCloud, openDatabase, type Store } from '../../platform/cloudbase/database'
import { keyedWith, readEnvironment } from '../../platform/cloudbase/environment'
import { fileStorage } from '../../platform/cloudbase/file-storage'
import { openShapedStore } from '../../platform/cloudbase/shaped-store'
import { cleanPhoto } from '../../platform/photos/clean-photo'
import { serveCalls } from '../serve-calls'
import { actionsOf } from '../served-action'
import { personalShapes, type presentShapes } from '../shapes'

/** The collections that this function asks: it knows of no others, and carries no room but its own. */
type Asked = 'units' | 'partnerships' | 'memberships' | 'photos' | 'limits'
type Shapes = ReturnType<typeof presentShapes>

const cloud = openCloud()
const keyed = keyedWith(readEnvironment().secret)
const shapes: Pick<Shapes, Asked & keyof Shapes> = personalShapes({ keyed })
const store: Store<Asked> = openShapedStore(openDatabase(cloud.database()), shapes)
const photos = photoRepository(store, cloud)
const limits = limitRepository(store)
const find = actionsOf(admissionRoom({ keyed, limits, photos, files: fileStorage(cloud), cleanPhoto }))

export const main = serveCalls(cloud, { keyed, units: unitRepository(store), limits }, async (action) =>
  find(action),
)
