import { randomInt } from 'node:crypto'
import type { PagePorts } from '../../contexts/page/ports'
import type { Action } from '../../contract/contract'
import { refuse } from '../../ground/result'
import { loginTickets } from '../../platform/cloudbase/login-ticket'
import type { Ports } from '../ports'
import { actionsOf, type FindsInRoom, type ServedAction } from '../served-action'

export type ApiAction = Exclude<Action, 'photo.admit' | 'job.nudge'>

/** A room is loaded when it is first asked: a new instance reads no more of the product than its first call needs. */
const openers = {
  account: async (ports) => actionsOf((await import('../../contexts/account/routes')).accountRoom(ports)),
  category: async (ports) => actionsOf((await import('../../contexts/category/routes')).categoryRoom(ports)),
  coBuilding: async (ports) =>
    actionsOf((await import('../../contexts/co-building/routes')).coBuildingRoom(ports)),
  figures: async (ports) => actionsOf((await import('../../contexts/figures/routes')).figuresRoom(ports)),
  grid: async (ports) => actionsOf((await import('../../contexts/grid/routes')).gridRoom(ports)),
  job: async (ports) => actionsOf((await import('../../contexts/job/routes')).jobRoom(ports)),
  notice: async (ports) => {
    const { noticeRoom } = await import('../../contexts/notice/routes')
    const { messageText } = await import('../../contexts/report/words')
    return actionsOf(noticeRoom({ ...ports, messageText }))
  },
  page: async (_ports, ask) => actionsOf((await import('../../contexts/page/routes')).pageRoom({ ask })),
  organisation: async (ports) =>
    actionsOf((await import('../../contexts/organisation/routes')).organisationRoom(ports)),
  people: async (ports) => actionsOf((await import('../../contexts/people/routes')).peopleRoom(ports)),
  photo: async (ports) => actionsOf((await import('../../contexts/photo/routes')).ticketRoom(ports)),
  redFace: async (ports) => actionsOf((await import('../../contexts/red-face/routes')).redFaceRoom(ports)),
  report: async (ports) => {
    const { reportRoom } = await import('../../contexts/report/routes')
    const { redFaceProjectors } = await import('../../contexts/red-face/projectors')
    const { figureProjectors } = await import('../../contexts/figures/projectors')
    const projectors = { ...redFaceProjectors(ports), ...figureProjectors(ports) }
    return actionsOf(reportRoom({ ...ports, projectors }))
  },
  routing: async (ports) => actionsOf((await import('../../contexts/routing/routes')).routingRoom(ports)),
  unitList: async (ports) => actionsOf((await import('../../contexts/unit-list/routes')).unitListRoom(ports)),
  signIn: async (ports) => {
    const { signInRoom } = await import('../../contexts/sign-in/routes')
    const draw = (limit: number) => randomInt(limit)
    return actionsOf(signInRoom({ ...ports, draw, loginTicket: loginTickets() }))
  },
  ruleBook: async (ports) => actionsOf((await import('../../contexts/rule-book/routes')).ruleBookRoom(ports)),
} satisfies Readonly<Record<string, (ports: Ports, ask: PagePorts['ask']) => Promise<FindsInRoom>>>

type RoomName = keyof typeof openers

/** Which room serves an action, for those that are not the report's. */
const otherRooms: ReadonlyMap<string, RoomName> = new Map(
  Object.entries({
    'me.get': 'account',
    'category.list': 'category',
    'unit.get': 'figures',
    'unit.days': 'figures',
    'grid.cells': 'grid',
    'job.get': 'job',
    'job.list': 'job',
    'job.cancel': 'job',
    'inbox.list': 'notice',
    'inbox.read': 'notice',
    'unit.children': 'organisation',
    'unit.search': 'organisation',
    'unit.below': 'organisation',
    'unit.history': 'organisation',
    'unit.add': 'organisation',
    'unit.correct': 'organisation',
    'unit.rename': 'organisation',
    'unit.close': 'organisation',
    'unit.move': 'organisation',
    'unit.split': 'organisation',
    'unit.undo': 'organisation',
    'bond.begin': 'coBuilding',
    'bond.change': 'coBuilding',
    'bond.end': 'coBuilding',
    'bond.undo': 'coBuilding',
    'bond.list': 'coBuilding',
    'bond.candidates': 'coBuilding',
    'bond.gaps': 'coBuilding',
    'bond.history': 'coBuilding',
    'bond.ofUnit': 'coBuilding',
    'page.open': 'page',
    'people.invite': 'people',
    'people.seeInvitation': 'people',
    'people.acceptInvitation': 'people',
    'people.declineInvitation': 'people',
    'people.confirmInvitation': 'people',
    'people.refuseInvitation': 'people',
    'people.withdrawInvitation': 'people',
    'people.end': 'people',
    'people.changeDates': 'people',
    'people.undo': 'people',
    'people.handOver': 'people',
    'people.leaving': 'people',
    'people.mine': 'people',
    'people.list': 'people',
    'people.coverage': 'people',
    'people.history': 'people',
    'photo.ticket': 'photo',
    'redFace.list': 'redFace',
    'redFace.get': 'redFace',
    'ledger.list': 'redFace',
    'ledger.chains': 'redFace',
    'unitList.check': 'unitList',
    'unitList.rows': 'unitList',
    'unitList.cure': 'unitList',
    'unitList.import': 'unitList',
    'place.preview': 'routing',
    'rules.get': 'ruleBook',
    'signIn.begin': 'signIn',
    'signIn.take': 'signIn',
    'signIn.see': 'signIn',
    'signIn.answer': 'signIn',
    'webSession.list': 'signIn',
    'webSession.end': 'signIn',
  } satisfies Partial<Readonly<Record<ApiAction, RoomName>>>),
)

/** Finds an action of the function `api` by its name, over whatever provides the ports; undefined where there is none. */
export const apiRooms = (ports: Ports) => {
  const opened = new Map<RoomName, Promise<FindsInRoom>>()
  const open = (name: RoomName): Promise<FindsInRoom> => {
    const room = opened.get(name) ?? openers[name](ports, ask)
    opened.set(name, room)
    return room
  }

  const find = async (action: string): Promise<ServedAction | undefined> =>
    (await open(otherRooms.get(action) ?? 'report'))(action)

  /** For the room that asks the others: the same check, the same use case and the same answer as for a client. */
  const ask: PagePorts['ask'] = async (session, action, input) => {
    const call = (await find(action))?.check(input) ?? refuse('unknown-action')
    return call.ok ? call.value.answer(session) : call
  }

  return find
}
