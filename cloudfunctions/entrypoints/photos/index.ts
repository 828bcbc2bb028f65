import { openCloud } from '../../adapters/cloudbase/database'
import { fileStorage } from '../../adapters/cloudbase/file-storage'
import { cloudPorts } from '../../adapters/cloudbase/ports'
import { cleanPhoto } from '../../adapters/photos/clean-photo'
import { admitPhoto } from '../../use-cases/admit-photo'
import { serveCalls } from '../serve-calls'

const cloud = openCloud()
const ports = cloudPorts(cloud)

export const main = serveCalls<'photo.admit'>(cloud, ports, {
  'photo.admit': admitPhoto({ ...ports, files: fileStorage(cloud), cleanPhoto }),
})
