import type { RoutesOf } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import type { noticeContract } from './contract'
import type { ReadingPorts } from './ports'
import { listInbox } from './use-cases/list-inbox'
import { markInboxRead } from './use-cases/mark-inbox-read'

export const noticeRoutes = (ports: ReadingPorts): RoutesOf<typeof noticeContract, Session> => ({
  'inbox.list': listInbox(ports),
  'inbox.read': markInboxRead(ports),
})
