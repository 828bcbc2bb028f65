import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { gridContract } from './contract'
import type { GridPorts } from './ports'
import { listCells } from './use-cases/list-cells'

export const gridRoutes = (ports: GridPorts): RoutesOf<typeof gridContract, Session> => ({
  'grid.cells': listCells(ports),
})
