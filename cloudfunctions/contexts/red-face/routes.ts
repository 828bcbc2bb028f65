import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { redFaceContract } from './contract'
import type { RedFacePorts } from './ports'
import { listLedger, listLedgerChains } from './use-cases/read-ledger'
import { listRedFaces, viewRedFace } from './use-cases/read-red-face'

export const redFaceRoom = (ports: RedFacePorts): Room<typeof redFaceContract, Session> => ({
  contract: redFaceContract,
  routes: {
    'redFace.list': listRedFaces(ports),
    'redFace.get': viewRedFace(ports),
    'ledger.list': listLedger(ports),
    'ledger.chains': listLedgerChains(ports),
  },
})
