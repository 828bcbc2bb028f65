import fc from 'fast-check'
import type { Seat } from '../../../cloudfunctions/contexts/organisation/rules/seat'
import { isActiveMembership, type StaffRole } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import {
  changeSeatDates,
  endSeat,
  giveSeat,
  handSeatOver,
  seatActions,
  seatNow,
  undoSeat,
  whyNotNow,
} from '../../../cloudfunctions/contexts/people/rules/change-seat'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import type { Result } from '../../../cloudfunctions/ground/result'
import { aMembership, branch, mondayAt } from '../../support/builders'

const holder = 'custom:holder'
const by = { accountId: 'custom:admin', name: '云主任', unitName: '土默特右旗委' }
const origin = { id: 'command', action: 'people', digest: 'digest' }

const given = (role: StaffRole = 'grid-worker', dates: { fromAt?: number; untilAt?: number } = {}): Seat =>
  giveSeat(
    { ...aMembership(branch, role), id: 'seat', accountId: holder, fromAt: mondayAt, ...dates },
    {},
    by,
    mondayAt,
  )

type Deed = (seat: Seat, now: number) => Result<Seat>
const somewhen = fc.integer({ min: -5, max: 60 }).map((days) => days * dayMs)
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.option(somewhen, { nil: undefined }).map(
    (in_): Deed =>
      (seat, now) =>
        endSeat(seat, { by, ...(in_ === undefined ? {} : { at: now + in_ }) }, now, origin),
  ),
  fc
    .record({
      fromIn: fc.option(somewhen, { nil: undefined }),
      untilIn: fc.option(fc.option(somewhen, { nil: null }), { nil: undefined }),
    })
    .map(
      ({ fromIn, untilIn }): Deed =>
        (seat, now) => {
          const dates = {
            ...(fromIn === undefined ? {} : { fromAt: now + fromIn }),
            ...(untilIn === undefined ? {} : { untilAt: untilIn === null ? null : now + untilIn }),
          }
          return changeSeatDates(seat, { dates, by }, now, origin)
        },
    ),
  fc.constant<Deed>((seat, now) => undoSeat(seat, by, now, origin)),
  somewhen.map(
    (in_): Deed =>
      (seat, now) =>
        handSeatOver(
          seat,
          { by, at: now + in_, to: { kind: 'seat', seatId: 'next', accountId: 'custom:next' } },
          now,
          origin,
        ),
  ),
)
const lives = fc.array(fc.tuple(deeds, fc.constantFrom(0, hourMs, dayMs, 9 * dayMs)), { maxLength: 12 })
const roles = fc.constantFrom<StaffRole>('grid-worker', 'secretary', 'admin', 'chair')
const firstDays = fc.constantFrom(0, 3 * dayMs)

/** Plays a life and looks at each change, of the clock's too. */
const lookAtEach = (
  seat: Seat,
  life: readonly (readonly [Deed, number])[],
  look: (before: Seat, after: Seat, now: number) => void,
): Seat => {
  let current = seat
  let now = mondayAt
  for (const [deed, thenMs] of life) {
    const before = seatNow(current, now)
    const done = deed(before, now)
    if (done.ok) {
      look(before, done.value, now)
      current = done.value
    } else current = before
    now += thenMs
  }
  return current
}

describe('whatever is done to a seat in whichever order', () => {
  test('who held it up to now did hold it: nothing rewrites that, but for an end that is taken back within a day', () => {
    fc.assert(
      fc.property(roles, firstDays, lives, (role, firstDay, life) => {
        lookAtEach(given(role, { fromAt: mondayAt + firstDay }), life, (before, after, now) => {
          const wasBegun = (before.fromAt ?? now) <= now
          if (wasBegun) expect(after.fromAt).toBe(before.fromAt)
          for (let at = mondayAt; at < now; at += hourMs) {
            if (isActiveMembership(before, at)) expect(isActiveMembership(after, at)).toBe(true)
            else if (isActiveMembership(after, at)) expect(now - at).toBeLessThan(dayMs)
          }
        })
      }),
    )
  })

  test('each change says who, when, before and after, and the dates are those of the last', () => {
    fc.assert(
      fc.property(roles, firstDays, lives, (role, firstDay, life) => {
        const last = lookAtEach(given(role, { fromAt: mondayAt + firstDay }), life, (before, after, now) => {
          const [line, ...others] = after.timeline.slice(before.timeline.length)
          expect(others).toEqual([])
          expect(line).toMatchObject({ by, at: now })
          expect(line?.before).toEqual({ fromAt: before.fromAt, untilAt: before.untilAt })
          expect(after.rev).toBe(before.rev + 1)
        })
        const { fromAt, untilAt } = last.timeline.at(-1)?.after ?? {}
        expect([last.fromAt, last.untilAt]).toEqual([fromAt, untilAt])
      }),
    )
  })

  test('a seat that two persons give is never more than it was when they gave it', () => {
    fc.assert(
      fc.property(fc.constantFrom<StaffRole>('admin', 'chair'), lives, (role, life) => {
        const untilAt = mondayAt + 30 * dayMs
        const first = given(role, { fromAt: mondayAt + 3 * dayMs, untilAt })
        lookAtEach(first, life, (_before, after) => {
          expect(after.fromAt ?? 0).toBeGreaterThanOrEqual(first.fromAt ?? 0)
          expect(after.untilAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(untilAt)
        })
      }),
    )
  })

  test('what follows from its end is begun once each time it ends, and the clock looks again when it will', () => {
    fc.assert(
      fc.property(roles, firstDays, lives, (role, firstDay, life) => {
        lookAtEach(given(role, { fromAt: mondayAt + firstDay }), life, (before, after, now) => {
          const vacated = after.outbox.filter(({ kind }) => kind === 'vacate').length
          const wasVacated = before.outbox.filter(({ kind }) => kind === 'vacate').length
          const hasEnded = before.status === 'held' && after.status === 'over'
          expect(vacated - wasVacated).toBe(hasEnded ? 1 : 0)
          expect(after.nextClockAt).toBe(after.status === 'held' ? (after.untilAt ?? null) : null)
          expect(after.status === 'over').toBe((after.untilAt ?? Number.POSITIVE_INFINITY) <= now)
        })
      }),
    )
  })
})

test('what is offered is not refused for a reason known before anything is typed (L5)', () => {
  const to = { kind: 'seat', seatId: 'next', accountId: 'custom:next' } as const
  const takes: Readonly<Record<(typeof seatActions)[number], Deed>> = {
    end: (seat, now) => endSeat(seat, { by }, now, origin),
    'change-dates': (seat, now) => changeSeatDates(seat, { dates: {}, by }, now, origin),
    undo: (seat, now) => undoSeat(seat, by, now, origin),
    'hand-over': (seat, now) => handSeatOver(seat, { by, to }, now, origin),
  }
  fc.assert(
    fc.property(roles, lives, (role, life) => {
      lookAtEach(given(role), life, (_before, after, now) => {
        for (const action of seatActions) {
          const why = whyNotNow(action, after, by.accountId, now)
          const taken = takes[action](after, now)
          expect([action, taken.ok ? undefined : taken.error.code]).toEqual([action, why?.code])
        }
      })
    }),
  )
})

test('nobody changes a seat of their own but by leaving it', () => {
  const why = (action: (typeof seatActions)[number]) => whyNotNow(action, given(), holder, mondayAt)?.code
  expect(seatActions.map((action) => [action, why(action)])).toEqual([
    ['end', undefined],
    ['change-dates', 'own-seat'],
    ['undo', 'own-seat'],
    ['hand-over', 'own-seat'],
  ])
})

test('after fifty changes a seat takes its end and no other', () => {
  let seat = given()
  for (let no = 1; no < 50; no += 1) {
    const done = changeSeatDates(seat, { dates: { untilAt: mondayAt + no * dayMs }, by }, mondayAt, origin)
    if (!done.ok) throw new Error(done.error.code)
    seat = done.value
  }
  const more = changeSeatDates(seat, { dates: { untilAt: null }, by }, mondayAt, origin)
  expect(more).toMatchObject({ ok: false, error: { code: 'changed-too-often' } })
  expect(endSeat(seat, { by }, mondayAt, origin)).toMatchObject({ ok: true })
  // No sheet takes what it has no room for.
  expect(JSON.stringify(seat).length).toBeLessThan(24_000)
})
