import { roles } from '../checks/pages/builds'
import { opensEveryRow } from '../support/rows'
import { launchBrowser } from './phone'

opensEveryRow('h5', launchBrowser, { all: roles, few: ['secretary-150221104004'] })
