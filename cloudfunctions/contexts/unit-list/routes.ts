import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { unitListContract } from './contract'
import type { UnitListPorts } from './ports'
import { checkList, cureRow, importList, listRows } from './use-cases/lists'

export const unitListRoom = (ports: UnitListPorts): Room<typeof unitListContract, Session> => ({
  contract: unitListContract,
  routes: {
    'unitList.check': checkList(ports),
    'unitList.rows': listRows(ports),
    'unitList.cure': cureRow(ports),
    'unitList.import': importList(ports),
  },
})
