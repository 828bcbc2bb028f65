import { limitRepository } from '../../contexts/limits/store'
import { unitRepository } from '../../contexts/organisation/store'
import { admissionRoom } from '../../contexts/photo/routes'
import { photoRepository } from '../../contexts/photo/store'
import { webSessionRepository } from '../../contexts/sign-in/store'
import { openCloud, openDatabase, type Store } from '../../platform/cloudbase/database'
import { keyedWith, readEnvironment } from '../../platform/cloudbase/environment'
import { fileStorage } from '../../platform/cloudbase/file-storage'
import { openShapedStore } from '../../platform/cloudbase/shaped-store'
import { cleanPhoto } from '../../platform/photos/clean-photo'
import { serveCalls } from '../serve-calls'
import { actionsOf } from '../served-action'
import { personalShapes, type presentShapes } from '../shapes'

/** The collections that this function asks: it knows of no others, and carries no room but its own. */
type Asked = 'units' | 'partnerships' | 'memberships' | 'photos' | 'limits' | 'web_sessions'
type Shapes = ReturnType<typeof presentShapes>

const cloud = openCloud()
const keyed = keyedWith(readEnvironment().secret)
/** Of partnerships nothing is asked here. */
const shapes: Pick<Shapes, Exclude<Asked, 'partnerships'> & keyof Shapes> = personalShapes({ keyed })
const store: Store<Asked> = openShapedStore(openDatabase(cloud.database()), shapes)
const ports = {
  keyed,
  units: unitRepository(store),
  limits: limitRepository(store),
  webSessions: webSessionRepository(store),
  photos: photoRepository(store, cloud),
  files: fileStorage(cloud),
}
const find = actionsOf(admissionRoom({ ...ports, cleanPhoto }))

export const main = serveCalls(cloud, ports, async (action) => find(action))
/** The platform calls `main` alone; through this the tests ask of the bundled file all that its packages have to do. */
export const outside = { cloud, ports }
