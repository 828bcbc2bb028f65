import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { figuresContract } from './contract'
import type { FiguresPorts } from './ports'
import { viewUnit } from './use-cases/view-unit'

export const figuresRoutes = (ports: FiguresPorts): RoutesOf<typeof figuresContract, Session> => ({
  'unit.get': viewUnit(ports),
})
