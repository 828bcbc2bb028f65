import type { Room } from '../../terms/action'
import { organisationContract } from './contract'
import type { KeepingPorts, OrganisationPorts } from './ports'
import type { Session } from './rules/session'
import { keepUnits } from './use-cases/keep-units'
import { listChildren } from './use-cases/list-children'
import { listBelow, listHistory, searchUnits } from './use-cases/read-units'

export const organisationRoom = (
  ports: OrganisationPorts & KeepingPorts,
): Room<typeof organisationContract, Session> => {
  const { add, correct, rename, close, move, split, undo } = keepUnits(ports)
  return {
    contract: organisationContract,
    routes: {
      'unit.children': listChildren(ports),
      'unit.search': searchUnits(ports),
      'unit.below': listBelow(ports),
      'unit.history': listHistory(ports),
      'unit.add': add,
      'unit.correct': correct,
      'unit.rename': rename,
      'unit.close': close,
      'unit.move': move,
      'unit.split': split,
      'unit.undo': undo,
    },
  }
}
