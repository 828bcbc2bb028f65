import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { coBuildingContract } from './contract'
import type { CoBuildingPorts } from './ports'
import { keepBonds } from './use-cases/keep-bonds'
import { listBonds, listCandidates, listGaps, readBondHistory, readBondsOfUnit } from './use-cases/read-bonds'

export const coBuildingRoom = (ports: CoBuildingPorts): Room<typeof coBuildingContract, Session> => {
  const { begin, change, end, undo } = keepBonds(ports)
  return {
    contract: coBuildingContract,
    routes: {
      'bond.begin': begin,
      'bond.change': change,
      'bond.end': end,
      'bond.undo': undo,
      'bond.list': listBonds(ports),
      'bond.candidates': listCandidates(ports),
      'bond.gaps': listGaps(ports),
      'bond.history': readBondHistory(ports),
      'bond.ofUnit': readBondsOfUnit(ports),
    },
  }
}
