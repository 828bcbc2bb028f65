import fc from 'fast-check'
import {
  type Bond,
  type BondKind,
  type BondTerms,
  bondKinds,
  isRunning,
  stateOf,
} from '../../../cloudfunctions/contexts/co-building/rules/bond'
import {
  beginBond,
  changeBond,
  endBond,
  followUnit,
  renamePartner,
  undoBond,
  whyNotNow,
} from '../../../cloudfunctions/contexts/co-building/rules/change-bond'
import { helpsWith, isAgreedNow } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import { banner, branch, housingBureau, mondayAt, otherBranch, waterBureau } from '../../support/builders'

const by = { accountId: 'admin', name: '云主任', unitName: banner.name }
const origin = { id: 'command', action: 'bond', digest: 'digest' }

const termsOf: Readonly<Record<BondKind, Omit<BondTerms, 'fromAt'>>> = {
  partnership: { name: housingBureau.name, partnerId: housingBureau.id },
  centre: { name: '服务中心', address: '一楼', hours: '每天' },
  contact: { name: '刘副书记', post: '副书记', memberIds: [branch.id, otherBranch.id] },
  alliance: { name: '联合体', purpose: '修路', memberIds: [branch.id, otherBranch.id] },
}

const begun = (kind: BondKind, terms: Partial<BondTerms> = {}): Bond => {
  const made = beginBond(
    {
      id: 'bond',
      kind,
      unitId: branch.id,
      path: branch.path,
      terms: { fromAt: mondayAt, ...termsOf[kind], ...terms },
    },
    by,
    mondayAt,
    origin,
  )
  if (!made.ok) throw new Error(made.error.code)
  return made.value
}

/** One thing that happens to a bond, after some time. */
type Deed = readonly [
  what: 'change' | 'end' | 'end later' | 'undo' | 'unit ends' | 'unit moves',
  after: number,
]
const deeds = fc.array(
  fc.tuple(
    fc.constantFrom('change', 'end', 'end later', 'undo', 'unit ends', 'unit moves') as fc.Arbitrary<Deed[0]>,
    fc.integer({ min: 1, max: 40 }),
  ),
  { maxLength: 15 },
)

const heir = { ...otherBranch, id: 'heir', path: [...otherBranch.path.slice(0, -1), 'heir'] }

const after = (bond: Bond, [what]: Deed, now: number): Bond => {
  const decided =
    what === 'change'
      ? changeBond(bond, { untilAt: now + 90 * dayMs }, by, now, origin)
      : what === 'end'
        ? endBond(bond, undefined, by, now, origin)
        : what === 'end later'
          ? endBond(bond, now + 5 * dayMs, by, now, origin)
          : what === 'undo'
            ? undoBond(bond, by, now, origin)
            : undefined
  if (decided) return decided.ok ? decided.value : bond
  const next = what === 'unit moves' ? heir : null
  return followUnit(bond, { unitId: branch.id, heir: next, at: now }, now)
}

/** What some lines of a history come to. */
const saidBy = (lines: Bond['timeline']): Readonly<Record<string, unknown>> =>
  Object.assign({}, ...lines.map((line) => line.after))

test('whatever happens to a bond: its history leads from nothing to what it says, and each refusal is told before', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bondKinds), deeds, (kind, all) => {
      let bond = begun(kind)
      let now = mondayAt
      for (const deed of all) {
        now += deed[1] * hourMs
        const before = bond
        bond = after(bond, deed, now)
        // Nothing changes without a line, and a line is one revision.
        expect(bond.timeline.length - before.timeline.length).toBe(bond === before ? 0 : 1)
        expect(bond.rev - before.rev).toBe(bond === before ? 0 : 1)
        if (deed[0] === 'undo') expect(bond === before).toBe(whyNotNow('undo', before, now) !== undefined)
        if (deed[0] === 'end') expect(isRunning(bond, now)).toBe(false)
        // A day that has come is never moved.
        expect(bond.terms.fromAt).toBe(mondayAt)
      }
      const told = saidBy(bond.timeline)
      const { unitId = branch.id, ...terms } = told
      expect(unitId).toBe(bond.unitId)
      expect(Object.fromEntries(Object.entries(terms).filter(([, fact]) => fact !== null))).toEqual(
        bond.terms,
      )
      for (const [at, line] of bond.timeline.entries()) {
        const known = saidBy(bond.timeline.slice(0, at))
        for (const [field, fact] of Object.entries(line.before))
          if (field !== 'unitId') expect(known[field] ?? null).toEqual(fact)
      }
    }),
  )
})

test('a unit that ends twice, or a bond that does not know it, changes nothing more', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bondKinds), fc.boolean(), (kind, hasHeir) => {
      const ended = { unitId: branch.id, heir: hasHeir ? heir : null, at: mondayAt + dayMs }
      const once = followUnit(begun(kind), ended, mondayAt + dayMs)
      expect(followUnit(once, ended, mondayAt + 2 * dayMs)).toBe(once)
      expect(followUnit(once, { ...ended, unitId: 'somebody else' }, mondayAt + dayMs)).toBe(once)
    }),
  )
})

test('what follows an ended unit: the heir has it, or it ends on that day, whenever that is looked after', () => {
  const at = mondayAt + dayMs
  const late = at + 3 * dayMs
  expect(followUnit(begun('centre'), { unitId: branch.id, heir, at }, late)).toMatchObject({
    unitId: heir.id,
    path: heir.path,
  })
  const over = followUnit(begun('centre'), { unitId: branch.id, heir: null, at }, late)
  expect(over.terms.untilAt).toBe(at)
  expect(stateOf(over, at - 1)).toBe('now')
  const followed = followUnit(begun('partnership'), { unitId: housingBureau.id, heir: waterBureau, at }, late)
  expect(followed.terms).toMatchObject({ partnerId: waterBureau.id, name: waterBureau.name })
  // A committee helps nobody as a partner does.
  const byNobody = followUnit(begun('partnership'), { unitId: housingBureau.id, heir: banner, at }, late)
  expect(byNobody.terms.untilAt).toBe(at)
})

test('a partner is called as it is called now', () => {
  const bond = begun('partnership')
  expect(renamePartner(bond, housingBureau.id, '住房局', mondayAt + 1).terms.name).toBe('住房局')
  expect(renamePartner(bond, waterBureau.id, '水利局', mondayAt + 1)).toBe(bond)
  expect(renamePartner(bond, housingBureau.id, housingBureau.name, mondayAt + 1)).toBe(bond)
})

test('who helps, and with what: without a word of it with anything', () => {
  expect(helpsWith({}, 'road')).toBe(true)
  expect(helpsWith({ groups: [] }, 'road')).toBe(true)
  expect(helpsWith({ groups: ['lighting'] }, 'road')).toBe(false)
  expect(isAgreedNow({ since: 5 }, 4)).toBe(false)
  expect(isAgreedNow({ since: 5 }, 5)).toBe(true)
  expect(isAgreedNow({ since: 5, untilAt: 7 }, 7)).toBe(false)
})

test('after so many changes it takes its end and no other', () => {
  let bond = begun('centre')
  for (let no = 0; ; no += 1) {
    const changed = changeBond(bond, { address: `${no}楼` }, by, mondayAt + no, origin)
    if (!changed.ok) {
      expect(changed.error.code).toBe('bond-changed-too-often')
      break
    }
    bond = changed.value
  }
  expect(bond.timeline.length).toBeLessThanOrEqual(50)
  expect(endBond(bond, undefined, by, mondayAt + dayMs, origin).ok).toBe(true)
})
