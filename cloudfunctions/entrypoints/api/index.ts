import { openCloud } from '../../platform/cloudbase/database'
import { cloudPorts } from '../ports'
import { serveCalls } from '../serve-calls'
import { type ApiAction, apiRoutes } from './routes'

const cloud = openCloud()
const ports = cloudPorts(cloud)

export const main = serveCalls<ApiAction>(cloud, ports, apiRoutes(ports))
