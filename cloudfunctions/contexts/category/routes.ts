import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { categoryContract } from './contract'
import type { CategoryPorts } from './ports'
import { listCategories } from './use-cases/list-categories'

export const categoryRoutes = (ports: CategoryPorts): RoutesOf<typeof categoryContract, Session> => ({
  'category.list': listCategories(ports),
})
