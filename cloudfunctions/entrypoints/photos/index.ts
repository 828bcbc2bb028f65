import { admissionRoutes } from '../../contexts/photo/routes'
import { openCloud } from '../../platform/cloudbase/database'
import { fileStorage } from '../../platform/cloudbase/file-storage'
import { cleanPhoto } from '../../platform/photos/clean-photo'
import { cloudPorts } from '../ports'
import { serveCalls } from '../serve-calls'

const cloud = openCloud()
const ports = cloudPorts(cloud)

export const main = serveCalls<'photo.admit'>(
  cloud,
  ports,
  admissionRoutes({ ...ports, files: fileStorage(cloud), cleanPhoto }),
)
