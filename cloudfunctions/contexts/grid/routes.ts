import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { gridContract } from './contract'
import type { GridPorts } from './ports'
import { listCells } from './use-cases/list-cells'

export const gridRoom = (ports: GridPorts): Room<typeof gridContract, Session> => ({
  contract: gridContract,
  routes: {
    'grid.cells': listCells(ports),
  },
})
