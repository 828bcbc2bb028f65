import * as z from 'zod/mini'
import { bucket, per } from '../../ground/bucket'
import { hourMs } from '../../ground/instant'
import { readSpokenCode } from '../../ground/text/spoken-code'
import { type Answered, command, type Parsed, query } from '../../terms/action'
import { wideReading } from '../../terms/limits'
import { at, commandId, cursor, id, instant, pageSize, rev, text, typedText } from '../../terms/primitives'
import { unitRef } from '../organisation/contract'
import { staffRoles, unitKinds, unitLevels } from '../organisation/rules/unit'
import { seatActions } from './rules/change-seat'
import { invitationActions, invitationStatuses } from './rules/invitation'
import { mostInvitedAtOnce, phoneTailLength } from './rules/sending'

const role = z.enum(staffRoles)
const personName = typedText(1, 20)

const code = z.pipe(
  z.string('邀请码不对'),
  z.transform((typed, context) => {
    const read = readSpokenCode(typed)
    if (read !== undefined) return read
    context.issues.push({ code: 'custom', message: '邀请码不对，请核对后再输', input: typed })
    return z.NEVER
  }),
)

const phoneTail = z
  .string('手机尾号不对')
  .check(z.regex(new RegExp(`^\\d{${phoneTailLength}}$`), '请写手机尾号，只写数字'))

const invitationView = z.object({
  id: text,
  unit: unitRef,
  role,
  name: text,
  fromAt: z.nullable(at),
  untilAt: z.nullable(at),
  status: z.enum(invitationStatuses),
  sentAt: at,
  expiresAt: at,
  acceptedAt: z.nullable(at),
  /** What who came says are the last digits of their telephone. */
  phoneTail: z.nullable(text),
  invitedBy: z.nullable(text),
  /** Two persons give this seat: who invited does not confirm. */
  takesTwoPersons: z.boolean(),
  /** What the caller may do with it now. */
  actions: z.array(z.enum(invitationActions)),
  /** The invitation is the caller's own to accept. */
  isForYou: z.boolean(),
})

const seatView = z.object({
  id: text,
  rev: z.number(),
  unit: unitRef,
  role,
  name: z.nullable(text),
  phoneTail: z.nullable(text),
  fromAt: z.nullable(at),
  untilAt: z.nullable(at),
  state: z.enum(['now', 'to-come', 'over']),
  isYou: z.boolean(),
  /** What the caller may do with it now. */
  actions: z.array(z.enum(seatActions)),
})

const onInvitation = z.strictObject({ commandId, invitationId: id })
const invitationAnswer = z.object({ invitation: invitationView })
const onSeat = { commandId, seatId: id, rev }
const seatAnswer = z.object({ seat: seatView })

const refusalView = z.object({ code: text, message: text })

/** Slips for a township are printed in a few calls, by whoever has lists to work off. */
const inviting = {
  group: 'people.invite',
  resident: bucket(30, per(60, hourMs)),
  staff: bucket(30, per(60, hourMs)),
}

export const peopleContract = {
  /** Each entry has a result of its own, in their order. */
  'people.invite': command(
    z.strictObject({
      commandId,
      invitations: z
        .array(
          z.strictObject({
            unitId: id,
            role,
            name: personName,
            fromAt: z.optional(instant),
            untilAt: z.optional(instant),
          }),
          '请写要邀请的人',
        )
        .check(
          z.minLength(1, '请写要邀请的人'),
          z.maxLength(mostInvitedAtOnce, `一次最多邀请${mostInvitedAtOnce}人`),
        ),
    }),
    z.object({
      results: z.array(
        z.object({
          invitation: z.nullable(invitationView),
          /** Said 4-4; it is answered to this command alone and lies nowhere. */
          code: z.nullable(text),
          /** Who has the seat already, with their terms. */
          holders: z.array(seatView),
          refusal: z.nullable(refusalView),
        }),
      ),
    }),
    inviting,
  ),
  'people.seeInvitation': command(z.strictObject({ commandId, code }), invitationAnswer),
  'people.acceptInvitation': command(
    z.strictObject({ commandId, invitationId: id, phoneTail }),
    invitationAnswer,
  ),
  'people.declineInvitation': command(onInvitation, invitationAnswer),
  'people.confirmInvitation': command(onInvitation, invitationAnswer),
  'people.refuseInvitation': command(onInvitation, invitationAnswer),
  'people.withdrawInvitation': command(onInvitation, invitationAnswer),
  'people.end': command(z.strictObject({ ...onSeat, at: z.optional(instant) }), seatAnswer),
  'people.changeDates': command(
    z.strictObject({
      ...onSeat,
      fromAt: z.optional(instant),
      /** Null: no end. */
      untilAt: z.optional(z.nullable(instant)),
    }),
    seatAnswer,
  ),
  'people.undo': command(z.strictObject(onSeat), seatAnswer),
  /** One seat ends when the next begins: by an invitation of whom `name` says, or of somebody who has a seat there. */
  'people.handOver': command(
    z.strictObject({
      ...onSeat,
      at: z.optional(instant),
      name: z.optional(personName),
      toSeatId: z.optional(id),
    }),
    z.object({
      seat: seatView,
      invitationId: z.nullable(text),
      /** As in `people.invite`. */
      code: z.nullable(text),
    }),
  ),
  /** What somebody leaves behind who gives up a seat. */
  'people.leaving': query(
    z.strictObject({ seatId: id }),
    z.object({
      seat: seatView,
      /** Open matters of the unit, as its figures count them; `asOf` as in `redFace.list`. */
      open: z.object({
        waiting: z.number(),
        working: z.number(),
        check: z.number(),
        suspended: z.number(),
        asOf: z.nullable(at),
      }),
      /** What they have in hand by name; it is the unit's again when they go. */
      inHandCount: z.number(),
      /** Nobody else has such a seat there now. */
      isLast: z.boolean(),
      partners: z.array(z.object({ id: text, name: text, phone: z.nullable(text) })),
    }),
  ),
  /** The caller's own invitations, and the one that waits for their 就是他 as the other first admin. */
  'people.mine': query(z.strictObject({}), z.object({ rows: z.array(invitationView) })),
  /** The seats of a unit, the one given last first, with its open invitations beside the first page. */
  'people.list': query(
    z.strictObject({ unitId: id, cursor, limit: pageSize }),
    z.object({
      /** Its last instant, where that is known; its seats end then, or go on where another unit takes over. */
      unit: z.object({ id: text, name: text, endsAt: z.nullable(at), hasSuccessor: z.boolean() }),
      /** Which roles there are in such a unit. */
      roles: z.array(role),
      rows: z.array(seatView),
      nextCursor: z.nullable(z.string()),
      invitations: z.array(invitationView),
    }),
  ),
  /** The units right below one: who is there, who is missing, who is invited. */
  'people.coverage': query(
    z.strictObject({
      unitId: id,
      show: z.optional(z.enum(['all', 'missing', 'invited'])),
      cursor,
      limit: pageSize,
    }),
    z.object({
      unit: unitRef,
      rows: z.array(
        z.object({
          unit: z.object({ id: text, name: text, kind: z.enum(unitKinds), level: z.enum(unitLevels) }),
          needed: z.array(z.object({ role, holders: z.number() })),
          missingCount: z.number(),
          staffCount: z.number(),
          /** One person has every seat that is needed (“一肩挑”). */
          isOnePerson: z.boolean(),
          invitations: z.object({
            openCount: z.number(),
            seenCount: z.number(),
            firstExpiresAt: z.nullable(at),
          }),
        }),
      ),
      nextCursor: z.nullable(z.string()),
    }),
    wideReading,
  ),
  /** Every change of a seat and of the invitation that gave it, or of an invitation alone. */
  'people.history': query(
    z.strictObject({ seatId: z.optional(id), invitationId: z.optional(id) }),
    z.object({
      lines: z.array(
        z.object({
          at,
          of: z.enum(['invitation', 'seat']),
          kind: text,
          by: z.nullable(z.object({ name: z.nullable(text), unitName: z.nullable(text) })),
          before: z.nullable(z.object({ fromAt: z.nullable(at), untilAt: z.nullable(at) })),
          after: z.nullable(z.object({ fromAt: z.nullable(at), untilAt: z.nullable(at) })),
        }),
      ),
    }),
  ),
} as const

type Own = typeof peopleContract
export type ParsedInputOf<A extends keyof Own> = Parsed<Own, A>
export type OutputOf<A extends keyof Own> = Answered<Own, A>
