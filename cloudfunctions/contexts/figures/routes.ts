import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { figuresContract } from './contract'
import type { FiguresPorts } from './ports'
import { viewDays } from './use-cases/view-days'
import { viewUnit } from './use-cases/view-unit'

export const figuresRoom = (ports: FiguresPorts): Room<typeof figuresContract, Session> => ({
  contract: figuresContract,
  routes: {
    'unit.get': viewUnit(ports),
    'unit.days': viewDays(ports),
  },
})
