import { chinaDateOn } from '../../../ground/instant'

export const contactChannels = ['phone', 'message', 'visit'] as const
/** How the resident was reached. */
export type ContactChannel = (typeof contactChannels)[number]

export const contactChannelLabels: Readonly<Record<ContactChannel, string>> = {
  phone: '打电话',
  message: '线上留言',
  visit: '上门',
}

/** Whether a unit, by its name, has looked at the number through the product: before that no call is recorded (C1). */
export const isPhoneRevealed = (
  { phoneRevealedTo = [] }: { readonly phoneRevealedTo?: readonly string[] },
  unitName: string,
): boolean => phoneRevealedTo.includes(unitName)

/** One attempt to reach the resident. */
export interface Contact {
  readonly no: number
  readonly at: number
  readonly channel: ContactChannel
  readonly unitId: string
  /**
   * Whom it was made with, by key: nobody else can have opened it, or deny it. Missing where they had left before that
   * was written down.
   */
  readonly key?: string
  /** With somebody who belonged then to a unit concerned: kept, it counts in no figure (H3). */
  readonly isOwn?: boolean
  /** When the resident opened the message. */
  readonly openedAt?: number
  /** When the resident said: nobody contacted me. */
  readonly deniedAt?: number
  /** Who took their place after it was due, with a report of their own in it of which nobody has called them: may say so. */
  readonly heirKey?: string
  /** When whom it was made with left before any was due: the first word is due to whoever has taken the place. */
  readonly leftAt?: number
}

/** Whose it is to say that it never was: whom it was made with, or whose own first word it stands for. */
export const mayDeny = ({ key, heirKey }: Contact, person: string): boolean =>
  key === person || heirKey === person

/** What was said to this person and stands, wherever they go with it. */
export const saidTo = (contacts: readonly Contact[], person: string | null): readonly Contact[] =>
  contacts.flatMap(({ heirKey: _heir, ...one }) =>
    one.key === person && one.deniedAt === undefined && one.leftAt === undefined ? [one] : [],
  )

/** A contact that reached somebody: when it first counted, and whose it is. */
interface CountedContact {
  readonly at: number
  readonly unitId: string
  readonly isOwn: boolean
}

/** What the first word of a matter, or of a family, is told from. */
interface FirstWordFacts {
  readonly reporterKey: string | null
  readonly isByMember: boolean
  readonly contacts: readonly Contact[]
  readonly coReporters: readonly { readonly isToBeCalled?: true }[]
}

/** With one of ours: whoever belonged then, and who belonged when they filed it (H3). */
const isWithOwn = ({ isByMember, reporterKey }: FirstWordFacts, { isOwn, key }: Contact): boolean =>
  isOwn === true || (isByMember && (key === undefined || key === reporterKey))

/**
 * The first word that counts for the matter: a family's once (M6). As long as somebody is in it whom nobody had called
 * when they came, what reached one of ours alone is none (H3): nobody is called for another (C1).
 */
export const firstWord = (report: FirstWordFacts): CountedContact | undefined => {
  const contacts = report.contacts.map((one) => ({ ...one, isOwn: isWithOwn(report, one) }))
  const areOthersIn = report.coReporters.some(({ isToBeCalled }) => isToBeCalled === true)
  return countedContact(areOthersIn ? contacts.filter(({ isOwn }) => !isOwn) : contacts)
}

/**
 * The contact that counted first (C1): a call made through the product after the number was revealed, a visit with
 * words, or a message that was opened, or messages to one person on two different days; and the resident did not
 * deny it, nor leave before it was due. Undefined while nothing has reached the resident. It is the unit's that made
 * it: whose greeting nobody has opened has reached nobody.
 */
export const countedContact = (contacts: readonly Contact[]): CountedContact | undefined => {
  const standing = contacts.filter(({ deniedAt, leftAt }) => deniedAt === undefined && leftAt === undefined)
  const messages = standing.filter((contact) => contact.channel === 'message')
  const secondDay = messages.find((contact) =>
    messages.some(
      (earlier) =>
        earlier.key === contact.key &&
        earlier.at < contact.at &&
        chinaDateOn(earlier.at) !== chinaDateOn(contact.at),
    ),
  )
  const counted = [
    ...standing.flatMap(({ channel, at, openedAt, unitId, isOwn = false }): readonly CountedContact[] => {
      const reachedAt = channel === 'message' ? openedAt : at
      return reachedAt === undefined ? [] : [{ at: reachedAt, unitId, isOwn }]
    }),
    ...(secondDay ? [{ at: secondDay.at, unitId: secondDay.unitId, isOwn: secondDay.isOwn ?? false }] : []),
  ]
  return counted.reduce<CountedContact | undefined>(
    (first, one) => (first && first.at <= one.at ? first : one),
    undefined,
  )
}
