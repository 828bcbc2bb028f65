import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { peopleContract } from './contract'
import type { PeoplePorts } from './ports'
import {
  acceptInvitation,
  confirmInvitation,
  declineInvitation,
  refuseInvitation,
  seeInvitation,
  withdrawInvitation,
} from './use-cases/act-on-invitation'
import { changeDates, endSeat, handOver, undoChange } from './use-cases/act-on-seat'
import { invite } from './use-cases/invite'
import {
  listCoverage,
  listOwnInvitations,
  listPeople,
  readHistory,
  readLeaving,
} from './use-cases/read-people'

export const peopleRoom = (ports: PeoplePorts): Room<typeof peopleContract, Session> => ({
  contract: peopleContract,
  routes: {
    'people.invite': invite(ports),
    'people.seeInvitation': seeInvitation(ports),
    'people.acceptInvitation': acceptInvitation(ports),
    'people.declineInvitation': declineInvitation(ports),
    'people.confirmInvitation': confirmInvitation(ports),
    'people.refuseInvitation': refuseInvitation(ports),
    'people.withdrawInvitation': withdrawInvitation(ports),
    'people.end': endSeat(ports),
    'people.changeDates': changeDates(ports),
    'people.undo': undoChange(ports),
    'people.handOver': handOver(ports),
    'people.leaving': readLeaving(ports),
    'people.mine': listOwnInvitations(ports),
    'people.list': listPeople(ports),
    'people.coverage': listCoverage(ports),
    'people.history': readHistory(ports),
  },
})
