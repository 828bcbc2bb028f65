import type { Room } from '../../terms/action'
import type { Session } from '../organisation/rules/session'
import { noticeContract } from './contract'
import type { ReadingPorts } from './ports'
import { listInbox } from './use-cases/list-inbox'
import { markInboxRead } from './use-cases/mark-inbox-read'

export const noticeRoom = (ports: ReadingPorts): Room<typeof noticeContract, Session> => ({
  contract: noticeContract,
  routes: {
    'inbox.list': listInbox(ports),
    'inbox.read': markInboxRead(ports),
  },
})
