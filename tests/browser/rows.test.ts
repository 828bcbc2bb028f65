import { roles } from '../checks/pages/builds'
import { opensEveryRow } from '../support/rows'
import { launchBrowser } from './phone'

opensEveryRow('h5', launchBrowser, { all: roles, few: ['resident-1', 'secretary-150221104004'] })
