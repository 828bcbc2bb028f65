import { announce, record } from '../rules/change'
import { mayDeny } from '../rules/contact'
import { denyContact } from '../rules/moves'
import { systemStep } from './step'

/** 没人联系我, said in a report that lies in this one: the call that came along with them reached nobody (C1). */
export const hearDenial = systemStep({
  action: 'hear-denial',
  decide: (change, { key }: { readonly key: string }) => {
    const theirs = change.report.contacts.filter((contact) => mayDeny(contact, key))
    if (!theirs.some(({ deniedAt }) => deniedAt === undefined)) return undefined
    denyContact(change, key)
    record(change, { kind: 'contact-denied', visibility: 'parties' })
    announce(change, { template: 'contact-denied', units: {} })
    return undefined
  },
})
