import { refusal } from '../../../ground/result'
import { record } from '../rules/change'
import type { Contact } from '../rules/contact'
import { recountContact } from '../rules/recount-contact'
import { personOf } from '../rules/resident'
import { seen } from './fields'
import { open, reporters, step } from './step'

const isUnopenedBy = (key: string | undefined, contact: Contact): boolean =>
  contact.key === key && contact.channel === 'message' && contact.openedAt === undefined

/** The resident has opened what the branch wrote: only now has the message reached somebody (C1). */
export const openMessage = step({
  action: 'open-message',
  grants: reporters([...open, 'resolved', 'closed']),
  input: seen({}),
  // Who printed the receipt has not heard for whom it was printed.
  isByOwnDevice: true,
  refuses: (report, scene) =>
    report.contacts.some((one) => isUnopenedBy(scene.person?.key, one))
      ? undefined
      : refusal('nothing-to-open'),
  decide: (change, _command, scene) => {
    const { report } = change
    const { key } = personOf(scene)
    report.contacts = report.contacts.map((contact) =>
      isUnopenedBy(key, contact) ? { ...contact, openedAt: change.at } : contact,
    )
    recountContact(change)
    record(change, { kind: 'message-opened', visibility: 'parties' })
    return undefined
  },
})
