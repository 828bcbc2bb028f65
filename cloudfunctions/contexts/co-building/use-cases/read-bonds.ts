import { ok, type Result, refuse } from '../../../ground/result'
import { bannerOf } from '../../../ground/unit-path'
import type { Session } from '../../organisation/rules/session'
import { hasEnded, hasNoGround, type Unit } from '../../organisation/rules/unit'
import { type BondAccessAction, seatToKeep } from '../access'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { CoBuildingPorts } from '../ports'
import { type Bond, type BondFacts, type BondKind, isRunning } from '../rules/bond'
import { bondsOf } from '../shared/bonds-of'
import { namesOf, placeOf, viewBonds } from './views'

const rowsOfPage = 20
/** How far one call reads on where few units have none. */
const mostPages = 5
const unitsOfPage = 50

type Ports = Pick<CoBuildingPorts, 'units' | 'partnershipBonds' | 'otherBonds'>

/** The unit of which an admin asks. Refuses `sign-in-required`, `unknown-unit`, `not-allowed`. */
const askedUnit = async (
  ports: Ports,
  session: Session,
  action: BondAccessAction,
  unitId: string,
): Promise<Result<Unit>> => {
  if (session.accountId === null) return refuse('sign-in-required')
  const unit = await ports.units.get(unitId)
  if (!unit) return refuse('unknown-unit')
  return seatToKeep(session, action, unit) ? ok(unit) : refuse('not-allowed')
}

/** What is kept in an area, by name. Refuses `sign-in-required`, `unknown-unit`, `not-allowed`. */
export const listBonds =
  (ports: Ports) =>
  async (session: Session, input: ParsedInputOf<'bond.list'>): Promise<Result<OutputOf<'bond.list'>>> => {
    const asked = await askedUnit(ports, session, 'list', input.unitId)
    if (!asked.ok) return asked
    const { id, name } = asked.value
    const page = await bondsOf(ports)(input.kind).inArea(
      {
        areaId: id,
        kind: input.kind,
        beginning: input.name ?? '',
        endingAfter: input.isWhole ? 0 : session.now,
      },
      { limit: input.limit ?? rowsOfPage, ...(input.cursor === undefined ? {} : { cursor: input.cursor }) },
    )
    return ok({
      unit: { id, name },
      rows: [...(await viewBonds(ports)(page.rows, session))],
      nextCursor: page.nextCursor,
    })
  }

/** Where those are looked for who may be in a bond with a unit: all the banner's, or those below it. */
const areaFor = (kind: BondKind, { id, path }: Unit): string =>
  kind === 'partnership' ? (bannerOf(path) ?? id) : id

/** Units that may be in a bond with one, by name. Refuses `sign-in-required`, `unknown-unit`, `not-allowed`. */
export const listCandidates =
  (ports: Ports & Pick<CoBuildingPorts, 'unitKeeping'>) =>
  async (
    session: Session,
    { kind, unitId, name = '', cursor, limit = rowsOfPage }: ParsedInputOf<'bond.candidates'>,
  ): Promise<Result<OutputOf<'bond.candidates'>>> => {
    const asked = await askedUnit(ports, session, 'candidates', unitId)
    if (!asked.ok) return asked
    const page = await ports.unitKeeping.search(
      areaFor(kind, asked.value),
      name,
      { limit, ...(cursor === undefined ? {} : { cursor }) },
      kind === 'partnership' ? 'partner' : undefined,
    )
    return ok({
      unit: { id: asked.value.id, name: asked.value.name },
      rows: page.rows
        .filter((unit) => !hasEnded(unit, session.now))
        .map((unit) => ({ id: unit.id, name: unit.name })),
      nextCursor: page.nextCursor,
    })
  }

/** The units that a bond stands on the page of. */
const concernedBy = ({ kind, unitId, terms }: Bond): readonly string[] =>
  kind === 'partnership' || kind === 'centre' ? [unitId] : (terms.memberIds ?? [])

/**
 * The units right below one that have none of a kind, a page at a time: where few of them have none it may come back
 * shorter than it could be, and goes on. Refuses `sign-in-required`, `unknown-unit`, `not-allowed`.
 */
export const listGaps =
  (ports: Ports) =>
  async (
    session: Session,
    { kind, unitId, cursor, limit = rowsOfPage }: ParsedInputOf<'bond.gaps'>,
  ): Promise<Result<OutputOf<'bond.gaps'>>> => {
    const asked = await askedUnit(ports, session, 'gaps', unitId)
    if (!asked.ok) return asked
    const { now } = session
    const rows: { readonly id: string; readonly name: string }[] = []
    let behind = cursor === undefined ? null : cursor.slice(cursor.indexOf('~') + 1)
    for (let pages = 0; pages < mostPages; pages += 1) {
      const children = await ports.units.childrenBehind(unitId, behind, unitsOfPage)
      const wanted = children.filter(
        (unit) => !hasNoGround(unit) && unit.kind !== 'temporary' && !hasEnded(unit, now),
      )
      const bonds = await bondsOf(ports)(kind).about(wanted.map(({ id }) => id))
      const has = new Set(
        bonds.filter((one) => one.kind === kind && isRunning(one, now)).flatMap(concernedBy),
      )
      for (const { id, name } of wanted) {
        if (has.has(id)) continue
        if (rows.length === limit) return ok(gapPage(asked.value, rows, rows.at(-1)?.id ?? null))
        rows.push({ id, name })
      }
      behind = children.at(-1)?.id ?? behind
      if (children.length < unitsOfPage) return ok(gapPage(asked.value, rows, null))
    }
    return ok(gapPage(asked.value, rows, behind))
  }

const gapPage = (
  { id, name }: Unit,
  rows: readonly { readonly id: string; readonly name: string }[],
  behind: string | null,
): OutputOf<'bond.gaps'> => ({
  unit: { id, name },
  rows: [...rows],
  nextCursor: behind === null ? null : `0~${behind}`,
})

type Line = OutputOf<'bond.history'>['lines'][number]
type Fact = Line['changes'][number]['before']

/** Every change of a bond, the latest first. Refuses `sign-in-required`, `not-found`. */
export const readBondHistory =
  (ports: Ports) =>
  async (
    session: Session,
    { kind, bondId }: ParsedInputOf<'bond.history'>,
  ): Promise<Result<OutputOf<'bond.history'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    const bond = await bondsOf(ports)(kind).get(bondId)
    if (!bond || bond.kind !== kind || !seatToKeep(session, 'history', { ...bond, id: bond.unitId }))
      return refuse('not-found')
    const facts = bond.timeline.flatMap(({ before, after }) => [before, after])
    const named = await namesOf(
      ports.units,
      facts.flatMap(({ memberIds, partnerId, unitId }) => [
        ...(memberIds ?? []),
        ...(partnerId ? [partnerId] : []),
        ...(unitId ? [unitId] : []),
      ]),
    )
    const said = (facts: BondFacts, field: string): Fact => {
      const fact = facts[field as keyof BondFacts]
      if (fact === undefined || fact === null) return null
      if (field === 'memberIds') return (fact as readonly string[]).map((id) => named(id).name)
      if (field === 'partnerId' || field === 'unitId') return named(String(fact)).name
      if (typeof fact === 'object') return 'lng' in fact ? `${fact.lng}, ${fact.lat}` : [...fact]
      return fact
    }
    const [shown] = await viewBonds(ports)([bond], session)
    if (!shown) throw new Error(`${bondId} cannot be shown`)
    return ok({
      bond: shown,
      lines: [...bond.timeline].reverse().map(
        ({ at, kind, by, before, after }): Line => ({
          at,
          kind,
          by: by.accountId === null ? null : { name: by.name, unitName: by.unitName },
          changes: [...new Set([...Object.keys(before), ...Object.keys(after)])].map((field) => ({
            field,
            before: said(before, field),
            after: said(after, field),
          })),
        }),
      ),
    })
  }

/**
 * What everybody may know of a unit: its service centres, else those of the nearest unit above that has one, and the
 * alliances it is in. Refuses `unknown-unit`.
 */
export const readBondsOfUnit =
  (ports: Ports) =>
  async (
    { now }: Session,
    { unitId }: ParsedInputOf<'bond.ofUnit'>,
  ): Promise<Result<OutputOf<'bond.ofUnit'>>> => {
    const [unit] = await ports.units.lately([unitId])
    if (!unit) return refuse('unknown-unit')
    const bonds = (await bondsOf(ports)('centre').about(unit.path)).filter((one) => isRunning(one, now))
    const centres = bonds.filter(({ kind }) => kind === 'centre')
    const nearest = unit.path.findLast((id) => centres.some((one) => one.unitId === id))
    const shown = centres.filter((one) => one.unitId === nearest)
    const named = await namesOf(
      ports.units,
      shown.map((one) => one.unitId),
    )
    return ok({
      centres: shown.map((one) => ({
        id: one.id,
        name: one.terms.name,
        unit: named(one.unitId),
        ...placeOf(one),
      })),
      alliances: bonds
        .filter(({ kind, terms }) => kind === 'alliance' && terms.memberIds?.includes(unitId))
        .map(({ id, terms }) => ({ id, name: terms.name, purpose: terms.purpose ?? null })),
    })
  }
