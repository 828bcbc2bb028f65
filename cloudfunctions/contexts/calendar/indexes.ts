import type { Collections } from '../../platform/cloudbase/indexes'

export const collections = { calendar_notices: {}, clock_progress: {} } satisfies Collections
