import { openCloud } from '../../platform/cloudbase/database'
import { cloudPorts } from '../ports'
import { serveCalls } from '../serve-calls'
import { apiRooms } from './rooms'

const cloud = openCloud()
const ports = cloudPorts(cloud)

export const main = serveCalls(cloud, ports, apiRooms(ports))
