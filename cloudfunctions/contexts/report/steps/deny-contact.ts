import { refusal } from '../../../ground/result'
import { announce, enqueue, record } from '../rules/change'
import { mayDeny } from '../rules/contact'
import { denyContact } from '../rules/moves'
import { personOf } from '../rules/resident'
import { seen } from './fields'
import { open, reporters, step } from './step'

/** 没人联系我: may be said from the moment on at which a contact is claimed (C1). */
export const denyContactStep = step({
  action: 'deny-contact',
  // In whatever status it lies meanwhile: handed on, merged or declined, a hollow contact stays hollow.
  grants: reporters([...open, 'resolved', 'closed', 'declined', 'merged']),
  input: seen({}),
  refuses: (report, scene) =>
    report.contacts.some(
      (contact) =>
        contact.deniedAt === undefined && scene.person !== undefined && mayDeny(contact, scene.person.key),
    )
      ? undefined
      : refusal('nothing-to-deny'),
  decide: (change, _command, scene) => {
    const { key } = personOf(scene)
    const { merged } = change.report
    denyContact(change, key)
    if (merged) enqueue(change, { kind: 'deny-in-parent', parentReportId: merged.parentReportId, key })
    record(change, { kind: 'contact-denied', visibility: 'parties' })
    announce(change, { template: 'contact-denied', units: {} })
    return undefined
  },
})
