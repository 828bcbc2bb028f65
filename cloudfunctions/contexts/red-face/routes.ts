import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { redFaceContract } from './contract'
import type { RedFacePorts } from './ports'
import { listLedger, listLedgerChains } from './use-cases/read-ledger'
import { listRedFaces, viewRedFace } from './use-cases/read-red-face'

export const redFaceRoutes = (ports: RedFacePorts): RoutesOf<typeof redFaceContract, Session> => ({
  'redFace.list': listRedFaces(ports),
  'redFace.get': viewRedFace(ports),
  'ledger.list': listLedger(ports),
  'ledger.chains': listLedgerChains(ports),
})
