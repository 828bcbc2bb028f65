import type { Collections } from '../../platform/cloudbase/indexes'

export const collections = { coverage_gaps: {} } satisfies Collections
