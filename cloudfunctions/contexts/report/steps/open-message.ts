import { refusal } from '../../../ground/result'
import { record } from '../rules/change'
import { recountContact } from '../rules/moves'
import { seen } from './fields'
import { open, resident, step } from './step'

/** The resident has opened what the branch wrote: only now has the message reached somebody (C1). */
export const openMessage = step({
  action: 'open-message',
  grants: [resident('reporter', [...open, 'resolved', 'closed'])],
  input: seen({}),
  refuses: (report) =>
    report.contacts.some((one) => one.channel === 'message' && one.openedAt === undefined)
      ? undefined
      : refusal('nothing-to-open'),
  decide: (change) => {
    const { report } = change
    report.contacts = report.contacts.map((contact) =>
      contact.channel === 'message' && contact.openedAt === undefined
        ? { ...contact, openedAt: change.at }
        : contact,
    )
    recountContact(change)
    record(change, { kind: 'message-opened', visibility: 'parties' })
    return undefined
  },
})
