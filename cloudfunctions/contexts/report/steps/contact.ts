import * as z from 'zod/mini'
import { chinaDateOn } from '../../../ground/instant'
import { ok, type Result, refusal, refuse } from '../../../ground/result'
import { actingUnit, announce, record } from '../rules/change'
import { type ContactChannel, contactChannels, isPhoneRevealed } from '../rules/contact'
import { recountContact } from '../rules/recount-contact'
import { branchStaff } from '../rules/standing'
import { optionalNote, seen } from './fields'
import { preparedStep, staff, working } from './step'

interface FirstWord {
  readonly channel: ContactChannel
  readonly note: string
  /** The reporter belongs by now to a unit concerned (H3). */
  readonly isWithOwn?: boolean
}

/** First word to the resident. What counts as one is told by `countedContact` (C1). */
export const contact = preparedStep({
  action: 'contact',
  grants: [staff('branch', branchStaff, working)],
  input: seen({ channel: z.enum(contactChannels, '请选择联系方式'), note: optionalNote }),
  refuses: (report) =>
    report.reporterKey === null || report.reporterLeftAt !== undefined ? refusal('no-reporter') : undefined,
  prepare: async ({ channel, note }, _report, lookUps): Promise<Result<FirstWord>> =>
    ok({ channel, note, isWithOwn: await lookUps.isReporterOurs() }),
  decide: (change, command) => {
    const { report, at, by, law } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    if (command.channel === 'phone') {
      if (!report.hasPhone) return refuse('no-phone')
      if (!isPhoneRevealed(report, actingUnit(change))) return refuse('phone-not-revealed')
    } else if (!command.note) return refuse('words-required')
    // H3: words for the family are for whoever in it is none of ours; a number is the reporter's own.
    const isReporterOurs = command.isWithOwn === true || report.isByMember
    const other =
      isReporterOurs && command.channel !== 'phone'
        ? report.coReporters.find(({ isToBeCalled }) => isToBeCalled)
        : undefined
    const key = other?.key ?? report.reporterKey
    // Whatever the channel, the resident hears of each.
    const today = report.contacts.filter(
      (one) => one.key === key && one.channel === command.channel && chinaDateOn(one.at) === chinaDateOn(at),
    )
    if (today.length >= law.rules.report.messagesADay) return refuse('too-many-today')
    report.contacts = [
      ...report.contacts,
      {
        no: report.contacts.length + 1,
        at,
        channel: command.channel,
        unitId: by.unitId ?? '',
        key,
        ...(isReporterOurs && !other ? { isOwn: true } : {}),
      },
    ]
    recountContact(change)
    const { channel, note } = command
    record(change, { kind: 'contacted', facts: { channel }, visibility: 'parties' })
    if (note) {
      record(change, {
        kind: 'contacted',
        line: 'contact-words',
        facts: { note },
        visibility: 'person',
        personKey: key,
      })
    }
    const unit = actingUnit(change)
    const personKeys = other ? [other.key] : []
    const [message, contacted] = [
      { unit, note },
      { unit, channel },
    ]
    if (channel === 'message')
      announce(change, {
        template: 'message-left',
        personKeys,
        ...(other ? { persons: message } : { reporter: message }),
      })
    else
      announce(change, {
        template: 'contacted',
        personKeys,
        ...(other ? { persons: contacted } : { reporter: contacted }),
      })
    return undefined
  },
})
