import type { Collections } from '../../platform/cloudbase/indexes'

export const collections = { rule_books: {} } satisfies Collections
