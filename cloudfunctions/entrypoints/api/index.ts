import { receiptReader } from '../../contexts/report/shared/receipt-reader'
import { openCloud } from '../../platform/cloudbase/database'
import { cloudPorts } from '../ports'
import { serveCalls } from '../serve-calls'
import { apiRooms } from './rooms'

const cloud = openCloud()
const ports = cloudPorts(cloud)

export const main = serveCalls(cloud, ports, apiRooms(ports), receiptReader(ports))
/** The platform calls `main` alone; through this the tests ask of the bundled file all that its packages have to do. */
export const outside = { cloud, ports }
