import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { categoryContract } from './contract'
import type { CategoryPorts } from './ports'
import { listCategories } from './use-cases/list-categories'

export const categoryRoom = (ports: CategoryPorts): Room<typeof categoryContract, Session> => ({
  contract: categoryContract,
  routes: {
    'category.list': listCategories(ports),
  },
})
