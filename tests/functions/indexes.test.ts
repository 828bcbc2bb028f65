import {
  type Bond,
  type BondKind,
  type BondTerms,
  bondWithoutHistory,
} from '../../cloudfunctions/contexts/co-building/rules/bond'
import { type Job, queueJob } from '../../cloudfunctions/contexts/job/rules/job'
import type { Message } from '../../cloudfunctions/contexts/notice/ports'
import { seatWithoutHistory } from '../../cloudfunctions/contexts/organisation/rules/seat'
import { toRoutedUnit, type Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { planChange, type UnitChange } from '../../cloudfunctions/contexts/organisation/rules/unit-change'
import { type Invitation, sendInvitation } from '../../cloudfunctions/contexts/people/rules/invitation'
import type { Photo } from '../../cloudfunctions/contexts/photo/ports'
import type { RedFaceEntry, StoredLedgerRow } from '../../cloudfunctions/contexts/red-face/ports'
import { collections } from '../../cloudfunctions/contexts/report/indexes'
import type {
  AskedParents,
  Audience,
  FiledReceipt,
  Participant,
  ReportScope,
} from '../../cloudfunctions/contexts/report/ports'
import { toReportDocument } from '../../cloudfunctions/contexts/report/report-documents'
import { placeNameOf } from '../../cloudfunctions/contexts/report/rules/alike'
import { listName } from '../../cloudfunctions/contexts/report/rules/lies-in'
import { reportStatuses } from '../../cloudfunctions/contexts/report/rules/lifecycle'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import { publicPlacesAround } from '../../cloudfunctions/contexts/routing/rules/public-place'
import { defaultRuleBook } from '../../cloudfunctions/contexts/rule-book/rules/rule-book'
import type { CheckedRow } from '../../cloudfunctions/contexts/unit-list/ports'
import type { Ports } from '../../cloudfunctions/entrypoints/ports'
import { tilesAround } from '../../cloudfunctions/ground/geometry'
import { dayMs } from '../../cloudfunctions/ground/instant'
import type { Page, PageRequest } from '../../cloudfunctions/ground/page'
import type { AnsweredQuery } from '../../local/cloudbase'
import {
  aComplaint,
  aMembership,
  aRedFaceEntry,
  banner,
  branch,
  housingBureau,
  mondayAt,
  otherBranch,
  region,
  reportIn,
  temporaryUnit,
  township,
} from '../support/builders'
import { openBundled } from '../support/bundled'
import { inTheSteppe, openTestCloud, type TestCloud } from '../support/cloud'
import { inTheLane } from '../support/town'

const { reports: reportIndexes } = collections
type ReportIndex = keyof typeof reportIndexes

let town: TestCloud
let ports: Ports
let one: Report
const heard: AnsweredQuery[] = []

const now = mondayAt + 400 * dayMs
const copies = 12
/** Open and done, with either branch, several with one deadline; one complaint about a branch. */
const someReports = (): readonly Report[] =>
  [branch, otherBranch].flatMap((unit) =>
    reportStatuses.flatMap((status) =>
      Array.from({ length: copies }, (_, no) => {
        const id = `${unit.id}-${status}-${no}`
        const responsible = { responsible: toRoutedUnit(unit) }
        const report = reportIn(status, {
          id,
          number: id as never,
          ...(status === 'unrouted' ? {} : responsible),
        })
        return { ...report, submittedAt: mondayAt + no, changedAt: report.changedAt + no }
      }),
    ),
  )

const anEntry = (id: string, overrides: Partial<RedFaceEntry> = {}): RedFaceEntry =>
  aRedFaceEntry(id, { reportId: one.id, ...overrides })

const aRow = (seq: number): StoredLedgerRow => ({
  shape: 2,
  id: `${banner.id}:${seq}`,
  chainId: banner.id,
  seq,
  previousHash: '',
  hash: String(seq),
  on: '2026-03-02',
  commitment: '',
  eventKey: `event-${seq}`,
  subjectKey: `subject-${seq}`,
  fate: 'withheld',
  opened: {
    salt: '',
    facts: {
      at: mondayAt,
      kind: 'opened',
      reportId: one.id,
      episodeKey: `${one.id}:1`,
      unitId: branch.id,
      unitName: branch.name,
      unitPath: branch.path,
      text: '',
      causes: [],
    },
  },
})

const aMessage = (no: number): Message => ({
  id: `message-${no}`,
  recipient: `unit:${branch.id}`,
  reportId: one.id,
  parts: [],
  at: mondayAt,
  arrivedAt: mondayAt + no,
})

const aNeighbour = (): Participant => ({
  reportId: one.id,
  key: 'neighbour',
  accountId: 'custom:neighbour',
  part: 'supporter',
  phone: null,
  joinedAt: now,
})

const aNewSeat = () =>
  seatWithoutHistory({ ...aMembership(branch, 'grid-worker'), id: 'seat-late', accountId: 'custom:late' })

const anInvitation = (id: string): Invitation => ({
  ...sendInvitation(
    {
      id,
      unitId: branch.id,
      unitName: branch.name,
      unitLevel: branch.level,
      role: 'grid-worker',
      name: '李网格',
      inviter: { accountId: 'custom:admin', name: null, unitName: null },
      codeDigest: `code of ${id}`,
      codeNo: 0,
    },
    mondayAt,
  ),
  invitee: 'custom:0',
})

const aPhoto = (id: string): Photo => ({
  id,
  owner: '',
  usedIn: null,
  digest: { exact: id, grey: '00'.repeat(1024) },
  fileId: 'cloud://local.local-bucket/photos/resident/full.jpg',
  thumbFileId: 'cloud://local.local-bucket/photos/resident/thumb.jpg',
  width: 1,
  height: 1,
  bytes: 1,
  admittedAt: mondayAt,
})

const aNewUnit: Unit = {
  ...otherBranch,
  id: '150221100010',
  name: '新村党支部',
  path: [...township.path, '150221100010'],
}

const aChange = (id: string): UnitChange =>
  planChange(
    id,
    {
      kind: 'corrected',
      unitId: branch.id,
      madeAt: mondayAt,
      effectiveAt: mondayAt,
      actorId: 'custom:admin',
      byUnitId: banner.id,
      byUnitName: banner.name,
      byRole: 'admin',
      byName: null,
      before: {},
      after: {},
      newUnits: [],
      heirId: null,
      seenRev: null,
      undoes: null,
    },
    mondayAt,
  )

const aJob = (id: string): Job =>
  queueJob({ id, kind: 'unit-check', unitId: banner.id, accountId: 'custom:admin', input: {} }, mondayAt, {
    id,
    action: 'unitList.check',
    digest: '',
  })

const aListRow = (no: number): CheckedRow => ({
  jobId: 'job-1',
  no,
  verdict: no % 2 === 0 ? 'bad' : 'added',
  cells: {},
  problem: null,
  cure: null,
})

beforeAll(async () => {
  town = await openTestCloud({ onQuery: (query) => heard.push(query) })
  ports = openBundled('api').outside.ports
  const reports = [...someReports(), aComplaint({ id: 'complaint', number: 'complaint' as never })]
  one = reports[0] as Report
  for (const report of reports) await ports.reports.insert(report)
  for (let no = 0; no < copies; no += 1) {
    await ports.participants.add({
      reportId: one.id,
      key: `key-${no}`,
      accountId: `custom:${no % 2}`,
      part: no === 0 ? 'reporter' : 'supporter',
      phone: null,
      joinedAt: mondayAt + no,
    })
    await ports.redFaceEntries.project(anEntry(`public-${no}`, { weight: no }))
    await ports.redFaceEntries.project(
      anEntry(`cleared-${no}`, { list: 'cleared', clearedAt: mondayAt + no }),
    )
    await ports.ledger.add(aRow(no + 1))
    await ports.photos.add(aPhoto(`photo-${no}`))
    await ports.invitations.insert(anInvitation(`invitation-${no}`))
  }
  for (let no = 0; no < copies; no += 1) {
    await ports.figures.add(`first.${no}.0`, { ...aMove, section: no === 0 ? branch.id : `unit-${no}` })
    const months = [`${branch.id}@2026-0${1 + (no % 9)}`]
    await ports.figures.putRow({ ...aRowOfMonths, id: `report-${no}`, months })
    await ports.figures.touchMonth(`unit-${no}@2026-03`, mondayAt + no)
  }
  for (let no = 0; no < copies; no += 1) await ports.jobs.insert(aJob(`job-${no}`))
  await ports.inbox.deliver(Array.from({ length: copies }, (_, no) => aMessage(no)))
  const squads = ['past', 'present'].map((when) => ({
    _id: `squad-${when}`,
    kind: 'temporary',
    bannerId: banner.id,
    unit: toRoutedUnit(temporaryUnit),
    categoryIds: [],
    activeFrom: mondayAt,
    activeUntil: when === 'past' ? mondayAt + dayMs : now + dayMs,
  }))
  await town.put('special_units', squads)
  const ended = ['wound-up', 'to-be-wound-up'].map((_id) => ({
    _id,
    parentId: township.id,
    path: [...township.path, _id],
    endsAt: mondayAt,
    successorId: branch.id,
    ...(_id === 'wound-up' ? { isWoundUp: true } : {}),
  }))
  await town.put('units', ended)
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

const staff: Audience = { seatsIn: [otherBranch.id] }

/** Every list of reports that there is. */
const scopes: { readonly [K in ReportScope['kind']]: Extract<ReportScope, { readonly kind: K }> } = {
  'own-queue': { kind: 'own-queue', unitId: branch.id, tab: 'working', audience: staff },
  'own-done': { kind: 'own-done', unitId: branch.id, audience: staff },
  'handler-queue': { kind: 'handler-queue', unitId: housingBureau.id, tab: 'working', audience: staff },
  'in-hand': { kind: 'in-hand', handKey: 'hand.somebody', audience: staff },
  'handler-overdue': { kind: 'handler-overdue', unitId: housingBureau.id, now, audience: staff },
  handled: { kind: 'handled', unitId: housingBureau.id, audience: staff },
  'area-sorting': { kind: 'area-sorting', unitId: township.id, audience: staff },
  'area-open': { kind: 'area-open', unitId: banner.id, audience: staff },
  'area-overdue': { kind: 'area-overdue', unitId: banner.id, now, audience: staff },
  requests: { kind: 'requests', unitId: banner.id, audience: staff },
  'area-unsettled': { kind: 'area-unsettled', unitId: region.id, audience: 'everyone' },
  'area-recent': { kind: 'area-recent', unitId: region.id, audience: 'everyone' },
  'area-running': { kind: 'area-running', unitId: region.id, afterAt: mondayAt, audience: { seatsIn: [] } },
}

/** A list from its first page to its last. */
const throughout = async (read: (page: PageRequest) => Promise<Page<unknown>>): Promise<void> => {
  let cursor: string | null = null
  do {
    const page: Page<unknown> = await read({ limit: 7, ...(cursor === null ? {} : { cursor }) })
    cursor = page.nextCursor
  } while (cursor !== null)
}

type Repository = Exclude<keyof Ports, 'sha256' | 'keyed' | 'newSalt' | 'newNumber' | 'timeIn' | 'log'>
type Methods<R extends Repository> = {
  readonly [M in keyof Ports[R]]: (port: Ports[R]) => Promise<unknown>
}

const aMove = { section: branch.id, above: branch.path.slice(0, -1), by: { open: 1, done: -1 } }
const aRowOfMonths = {
  id: 'report-1',
  rev: 1,
  months: [`${branch.id}@2026-03`, `${branch.id}@2026-04`],
  formerMonths: [],
  facts: { contact: null, answers: [], closing: null, received: [], declined: null },
  flows: [],
}
const sectionOf = async (figures: Ports['figures'], id: string) => {
  const section = await figures.get(id)
  if (!section) throw new Error(`no figures of ${id}`)
  return section
}

/** As somebody of the township asks: of one branch more would be looked at, what others have at its border. */
const askedParents: AskedParents = { groupId: 'road', beforeAt: now, seatsIn: [township.id] }

const ofClockMemory: Methods<'deadlineMemory'> = {
  failing: (memory) => memory.failing(),
  keepFailing: (memory) => memory.keepFailing([]),
  claim: (memory) => memory.claim(1, now, now + 1),
  giveBack: (memory) => memory.giveBack([1]),
}

const aBond = (kind: BondKind, terms: Partial<BondTerms>) => (id: string) =>
  bondWithoutHistory({
    id,
    kind,
    unitId: branch.id,
    path: branch.path,
    terms: { name: '后炭市', fromAt: mondayAt, ...terms },
  })
const aPartnershipBond = aBond('partnership', { partnerId: housingBureau.id })
const anAlliance = aBond('alliance', { memberIds: [branch.id, otherBranch.id], purpose: '修路' })
const ofBonds = (bond: (id: string) => Bond): Methods<'otherBonds'> => ({
  get: (bonds) => bonds.get('bond-0'),
  insert: async (bonds) => {
    for (let no = 0; no < copies; no += 1) await bonds.insert(bond(`bond-${no}`))
  },
  replace: (bonds) => bonds.replace(bond('bond-0'), { ...bond('bond-0'), rev: 2 }),
  inArea: async (bonds) => {
    const asked = { areaId: banner.id, kind: bond('').kind, endingAfter: now }
    await throughout((page) => bonds.inArea({ ...asked, beginning: '' }, page))
    await throughout((page) => bonds.inArea({ ...asked, beginning: '后炭' }, page))
  },
  about: (bonds) => bonds.about(branch.path),
  naming: (bonds) => bonds.naming(branch.id),
})
const aFiledReceipt: FiledReceipt = {
  number: '2604117838',
  reportId: 'report-1',
  unitId: branch.id,
  at: now,
  categoryId: 'street-lamp',
  where: '文化广场北侧',
}

/** Every method of every repository: one that is missing here does not compile. */
const everything: { readonly [R in Repository]: Methods<R> } = {
  reports: {
    get: (reports) => reports.get(one.id),
    getMany: (reports) => reports.getMany([one.id, 'complaint']),
    insert: (reports) => reports.insert(one),
    keepNumbers: (reports) => reports.keepNumbers(['2600000000']),
    replace: (reports) => reports.replace(one, { ...one, rev: one.rev + 1 }),
    settleOutbox: (reports) => reports.settleOutbox(one, [], now),
    list: async (reports) => {
      for (const scope of Object.values(scopes)) await throughout((page) => reports.list(scope, page))
    },
    isHandedSince: (reports) => reports.isHandedSince(housingBureau.id, branch.id, mondayAt),
    countRunning: (reports) => reports.countRunning(region.id, mondayAt, staff),
    countIn: (reports) => reports.countIn(listName(branch.id, 'done')),
    waitingSince: async (reports) => {
      await reports.waitingSince(now, [])
      await reports.waitingSince(now, ['report-1'])
    },
    lyingIn: (reports) => reports.lyingIn([listName(branch.id, 'done'), listName(branch.id, 'open')], 5),
    counted: (reports) => reports.counted(one.id, 5),
    unsettled: async (reports) => {
      await reports.unsettled('all', 5)
      await reports.unsettled([one.id], 5)
    },
    rows: async (reports) => {
      for (const scope of Object.values(scopes)) await throughout((page) => reports.rows(scope, page))
    },
    rowsWithParts: (reports) => reports.rowsWithParts([one.id, 'complaint']),
    aliveAround: (reports) =>
      throughout((page) =>
        reports.aliveAround(
          {
            where: inTheLane,
            groupId: 'road',
            occurrencesWithin: 50,
            withdrawnWithin: 100,
            sinceAt: mondayAt,
          },
          page,
        ),
      ),
    parentsAround: (reports) =>
      throughout((page) => reports.parentsAround(askedParents, inTheLane, 100, page)),
    parentsByPlaceName: (reports) =>
      throughout((page) =>
        reports.parentsByPlaceName(
          askedParents,
          {
            townshipId: township.id,
            name: placeNameOf(one.place.words) ?? '',
            point: inTheLane,
            metres: 1000,
          },
          page,
        ),
      ),
    openAtPublicPlaces: (reports) =>
      reports.openAtPublicPlaces(
        publicPlacesAround(inTheLane, 300).map((place) => place.key),
        'road',
        mondayAt,
        10,
      ),
    dueForClock: (reports) => reports.dueForClock(now, 5, []),
    withOutbox: (reports) => reports.withOutbox(now, 5, []),
  },
  participants: {
    get: (participants) => participants.get(one.id, 'key-1'),
    add: (participants) => participants.add({ ...aNeighbour(), key: 'late', accountId: 'custom:late' }),
    addMissing: (participants) => participants.addMissing([aNeighbour()]),
    joinAgain: (participants) => participants.joinAgain(aNeighbour(), aNeighbour()),
    countedIn: (participants) => participants.countedIn(one.id, ['key-1']),
    leaveWith: (participants) => participants.leaveWith(one.id, ['key-1'], 'r-child'),
    leave: (participants) => participants.leave(one.id, 'key-1'),
    getMany: (participants) => participants.getMany([{ reportId: one.id, key: 'key-1' }]),
    enter: (participants) =>
      participants.enter({
        reportId: one.id,
        key: 'later',
        accountId: 'custom:later',
        part: 'reporter',
        phone: null,
        joinedAt: now,
      }),
    ofReport: (participants) => throughout((page) => participants.ofReport(one.id, 'supporter', page)),
    setPart: (participants) => participants.setPart(one.id, 'key-1', 'co-reporter'),
    ofAccount: (participants) => throughout((page) => participants.ofAccount('custom:0', page)),
    firstOfAccount: (participants) => participants.firstOfAccount('custom:0', 3),
  },
  receipts: {
    keep: (receipts) => receipts.keep(aFiledReceipt),
    find: (receipts) => receipts.find(aFiledReceipt.number),
    ofUnit: (receipts) => throughout((page) => receipts.ofUnit(branch.id, page)),
  },
  traces: {
    keep: (traces) => traces.keep({ reportId: one.id, firstSeq: 2, lines: [] }),
    ofReport: (traces) => traces.ofReport(one.id),
  },
  units: {
    get: (units) => units.get(branch.id),
    getMany: (units) => units.getMany(branch.path),
    lately: (units) => units.lately(branch.path),
    children: (units) => units.children(township.id),
    childrenBehind: async (units) => {
      await units.childrenBehind(township.id, null, 2)
      await units.childrenBehind(township.id, branch.id, 2)
    },
    membershipsOf: (units) => units.membershipsOf('custom:secretary'),
    membersOf: (units) => units.membersOf(branch.id),
    membersOfAny: (units) => units.membersOfAny(branch.path),
    predecessors: (units) => units.predecessors(branch.id),
    ended: (units) => units.ended(now, 10),
    endedSince: (units) => units.endedSince(0, now),
    markWoundUp: (units) => units.markWoundUp('nobody'),
    partnershipsOf: (units) => units.partnershipsOf(branch.path, now),
  },
  seats: {
    get: (seats) => seats.get('secretary'),
    getMany: (seats) => seats.getMany(['secretary', 'handler']),
    insert: (seats) => seats.insert(aNewSeat()),
    replace: (seats) => seats.replace(aNewSeat(), { ...aNewSeat(), rev: 2 }),
    settleOutbox: (seats) => seats.settleOutbox(aNewSeat(), [], now),
    dueForClock: (seats) => seats.dueForClock(now, 5, []),
    withOutbox: (seats) => seats.withOutbox(now, 5, []),
    ofUnit: (seats) => throughout((page) => seats.ofUnit(branch.id, page)),
    inUnits: async (seats) => {
      await seats.inUnits([branch.id])
      await seats.inUnits(branch.path)
    },
  },
  invitations: {
    get: (invitations) => invitations.get('invitation-1'),
    getMany: (invitations) => invitations.getMany(['invitation-1', 'invitation-2']),
    insert: (invitations) => invitations.insert(anInvitation('invitation-late')),
    replace: (invitations) => {
      const invitation = anInvitation('invitation-1')
      return invitations.replace(invitation, { ...invitation, rev: 2 })
    },
    settleOutbox: (invitations) => invitations.settleOutbox(anInvitation('invitation-2'), [], now),
    dueForClock: (invitations) => invitations.dueForClock(now, 5, []),
    withOutbox: (invitations) => invitations.withOutbox(now, 5, []),
    ofCode: (invitations) => invitations.ofCode('code of invitation-1'),
    codesAmong: (invitations) => invitations.codesAmong(['code of invitation-1', 'code of nobody']),
    openIn: (invitations) => invitations.openIn([branch.id, otherBranch.id]),
    ofInvitee: (invitations) => invitations.ofInvitee('custom:0', 5),
  },
  grid: {
    inTiles: (grid) => grid.inTiles(tilesAround(inTheLane, 300)),
    groundNear: (grid) => grid.groundNear(inTheSteppe),
    ofUnit: (grid) => grid.ofUnit(township.id),
    specialUnits: (grid) => grid.specialUnits(banner.id, now),
    hasCells: (grid) => grid.hasCells(branch.id),
    giveCells: (grid) => grid.giveCells(branch.id, toRoutedUnit(branch)),
    giveDuties: (grid) => grid.giveDuties(temporaryUnit, toRoutedUnit(temporaryUnit)),
    endDuties: (grid) => grid.endDuties(temporaryUnit, now),
  },
  unitKeeping: {
    add: (keeping) => keeping.add([aNewUnit]),
    replace: (keeping) => keeping.replace(aNewUnit, { ...aNewUnit, rev: 1 }),
    withCodes: (keeping) => keeping.withCodes([branch.id, '150221100010']),
    within: (keeping) => keeping.within(region.id),
    search: async (keeping) => {
      await throughout((page) => keeping.search(banner.id, '', page))
      await throughout((page) => keeping.search(banner.id, '后炭', page))
      await throughout((page) => keeping.search(banner.id, '', page, 'partner'))
    },
    addSeats: (keeping) => keeping.addSeats([aMembership(branch, 'secretary')]),
    endSeats: (keeping) => keeping.endSeats(['nobody'], now),
    nameSeats: (keeping) => keeping.nameSeats(['nobody'], branch.name),
  },
  partnershipBonds: ofBonds(aPartnershipBond),
  otherBonds: ofBonds(anAlliance),
  unitBonds: {
    follow: (bonds) => bonds.follow({ unitId: otherBranch.id, heir: branch, at: now }, now),
    rename: (bonds) => bonds.rename(housingBureau.id, '住建局', now),
    hasPartnerships: (bonds) => bonds.hasPartnerships(housingBureau.id, now),
  },
  unitChanges: {
    get: (changes) => changes.get('change-1'),
    getMany: (changes) => changes.getMany(['change-1']),
    insert: (changes) => changes.insert(aChange('change-0')),
    replace: (changes) => changes.replace(aChange('change-0'), { ...aChange('change-0'), rev: 2 }),
    settleOutbox: (changes) => changes.settleOutbox(aChange('change-1'), [], now),
    dueForClock: (changes) => changes.dueForClock(now, 5, []),
    withOutbox: (changes) => changes.withOutbox(now, 5, []),
    addMissing: (changes) =>
      changes.addMissing(Array.from({ length: copies }, (_, no) => aChange(`change-${no}`))),
    ofUnit: (changes) => throughout((page) => changes.ofUnit(branch.id, page)),
    isPlanned: (changes) => changes.isPlanned(branch.id),
  },
  jobs: {
    get: (jobs) => jobs.get('job-1'),
    getMany: (jobs) => jobs.getMany(['job-1']),
    insert: (jobs) => jobs.insert(aJob('job-late')),
    replace: (jobs) => jobs.replace(aJob('job-late'), { ...aJob('job-late'), rev: 2 }),
    settleOutbox: (jobs) => jobs.settleOutbox(aJob('job-1'), [], now),
    dueForClock: (jobs) => jobs.dueForClock(now, 5, []),
    withOutbox: (jobs) => jobs.withOutbox(now, 5, []),
    ofUnit: (jobs) => throughout((page) => jobs.ofUnit(banner.id, page)),
    countOpen: (jobs) => jobs.countOpen(banner.id, 5),
  },
  checkedLists: {
    add: (lists) =>
      lists.add(
        Array.from({ length: copies }, (_, no) => aListRow(no + 1)),
        now,
      ),
    page: (lists) => throughout((page) => lists.page('job-1', 'bad', page)),
    get: (lists) => lists.get('job-1', 1),
    behind: (lists) => lists.behind('job-1', 3, 5),
    setCure: (lists) => lists.setCure('job-1', 1, { do: 'skip' }),
    keepColumns: (lists) => lists.keepColumns('job-1', [], now),
    columns: (lists) => lists.columns('job-1'),
    drop: (lists) => lists.drop(now, 5),
  },
  photos: {
    getMany: (photos) => photos.getMany(['photo-1']),
    add: (photos) => photos.add(aPhoto('photo-late')),
    claimAll: (photos) => photos.claimAll(['photo-1', 'photo-late'], 'use'),
    claim: (photos) => photos.claim(aPhoto('photo-1'), 'use', true),
    copy: (photos) => photos.copy(aPhoto('photo-1'), { id: 'photo-copy', owner: '', usedIn: null }, true),
    digests: (photos) => photos.digests(['photo-1']),
    giveUp: (photos) => photos.giveUp(mondayAt - 1, now, 10),
    removeGivenUp: (photos) => photos.removeGivenUp(mondayAt - 1, 10),
    evidenceAlike: async (photos) => {
      const { digest } = aPhoto('photo-1')
      return digest && photos.evidenceAlike([digest])
    },
    urls: (photos) => photos.urls(['photo-1']),
  },
  redFaceEntries: {
    get: (entries) => entries.get('public-1'),
    project: (entries) => entries.project(anEntry('public-1', { reportRev: 2 })),
    list: async (entries) => {
      await throughout((page) => entries.list(banner.id, 'public', page))
      await throughout((page) => entries.list(banner.id, 'cleared', page))
    },
    weighedBefore: (entries) => entries.weighedBefore(now, 5),
    reweigh: (entries) => entries.reweigh('public-1', 2, 9, now),
  },
  figures: {
    of: async (figures) => {
      await figures.of(banner.id, staff)
      await figures.of(banner.id, 'everyone')
    },
    add: (figures) => figures.add('late.1.0', aMove),
    contains: (figures) => figures.contains('late.1.0', branch.id),
    changed: (figures) => figures.changed(5),
    get: (figures) => figures.get(branch.id),
    below: (figures) => figures.below(township.id),
    belowAny: (figures) => figures.belowAny([township.id, banner.id]),
    setBelow: async (figures) => figures.setBelow(await sectionOf(figures, branch.id), { open: 1 }),
    markFolded: async (figures) => figures.markFolded(await sectionOf(figures, branch.id)),
    keepMoves: async (figures) => figures.keepMoves(await sectionOf(figures, branch.id), []),
    mend: async (figures) => figures.mend(await sectionOf(figures, branch.id), { open: 1 }),
    behind: async (figures) => {
      await figures.behind(null, 5)
      await figures.behind(branch.id, 5)
    },
    recountProgress: (figures) => figures.recountProgress(),
    saveRecountProgress: (figures) =>
      figures.saveRecountProgress({ on: '2026-03-02', part: 'sections', cursor: null }),
    row: (figures) => figures.row(one.id),
    putRow: (figures) => figures.putRow({ ...aRowOfMonths, rev: 2 }),
    rowsOf: async (figures) => {
      const [month = ''] = aRowOfMonths.months
      await figures.rowsOf(month, null, 10)
      await figures.rowsOf(month, one.id, 10)
    },
    touchMonth: (figures) => figures.touchMonth(`${branch.id}@2026-03`, now),
    touchKeptMonth: (figures) => figures.touchKeptMonth(`${branch.id}@2026-03`, now),
    monthsDue: (figures) => figures.monthsDue(now, 5),
    monthsSaidBy: (figures) => figures.monthsSaidBy(['report-1']),
    kept: (figures) => figures.kept([`${branch.id}@2026-03-02`]),
    existing: (figures) => figures.existing([`${branch.id}@2026-03-02`]),
    setOwn: async (figures) => {
      const day = `${branch.id}@2026-03-02`
      await figures.setOwn(day, undefined, { 'in:road': 1 }, [township.id])
      const [known] = await figures.kept([day])
      await figures.setOwn(day, known, { 'in:road': 2 }, [township.id])
    },
    days: (figures) => figures.days(branch.id, ['2026-03-02', '2026-03-03']),
    firstMonth: (figures) => figures.firstMonth(),
    ofMonth: async (figures) => {
      await figures.ofMonth('2026-03', null, 5)
      await figures.ofMonth('2026-03', `${branch.id}@2026-03`, 5)
    },
    keepSalt: async (figures) => figures.keepSalt(await sectionOf(figures, branch.id), '00'),
    sealedUntil: (figures) => figures.sealedUntil(),
    noteSealed: (figures) => figures.noteSealed('2026-02'),
    setMonth: async (figures) => {
      const [due] = await figures.monthsDue(now, 1)
      return due && figures.setMonth(due, { due: 1 }, [], now)
    },
    months: (figures) => figures.months([`${branch.id}@2026-03`]),
    recountAlarm: (figures) => figures.recountAlarm(),
    saveRecountAlarm: (figures) => figures.saveRecountAlarm({ told: [], found: [] }),
    noteFolded: (figures) => figures.noteFolded(now),
    noteFirstFolded: (figures) => figures.noteFirstFolded(now),
  },
  ledger: {
    head: (ledger) => ledger.head(banner.id),
    ofEvents: (ledger) => ledger.ofEvents(['event-1', 'event-2']),
    eventsAmong: (ledger) => ledger.eventsAmong(['event-1', 'event-2']),
    add: (ledger) => ledger.add(aRow(copies + 1)),
    list: (ledger) => throughout((page) => ledger.list(banner.id, page)),
    from: (ledger) => ledger.from(banner.id, 3, 5),
    ofReport: (ledger) => ledger.ofReport(one.id),
    settleSubject: (ledger) => ledger.settleSubject('subject-1', 'revealed'),
    settleRow: (ledger) => ledger.settleRow(`${banner.id}:1`, 'revealed'),
    chain: (ledger) => ledger.chain(banner.id),
    chainsBelow: (ledger) => throughout((page) => ledger.chainsBelow(region.id, page)),
    chains: (ledger) => ledger.chains(),
    begunChainIds: (ledger) => ledger.begunChainIds(),
    noteHead: (ledger) => ledger.noteHead(banner.id, banner.path, { seq: 1, hash: '1' }),
    noteCheck: (ledger) =>
      ledger.noteCheck(banner.id, {
        checked: null,
        checkedOn: null,
        checkedAt: now,
        furthest: null,
        broken: null,
      }),
    publish: (ledger) => ledger.publish(banner.id, { on: '2026-03-02', seq: 1, hash: '1' }, now),
    published: (ledger) => ledger.published(banner.id, 7),
    publishedBetween: (ledger) => ledger.publishedBetween(banner.id, 1, 5),
    furthestPublished: (ledger) => ledger.furthestPublished(banner.id),
  },
  inbox: {
    deliver: (inbox) => inbox.deliver([aMessage(copies)]),
    list: async (inbox) => {
      const unit = `unit:${branch.id}`
      await throughout((page) => inbox.list({ recipient: unit, seatsIn: [] }, page))
      await throughout((page) => inbox.list({ recipient: unit, member: 'member:x', seatsIn: [] }, page))
    },
    accuse: (inbox) =>
      inbox.accuse(
        { reportId: 'r', recipients: [`unit:${branch.id}`, `unit:${township.id}`], since: mondayAt },
        branch.id,
        township.id,
      ),
    readUntil: (inbox) => inbox.readUntil('custom:0', ['account:custom:0']),
    markRead: (inbox) => inbox.markRead('custom:0', 'account:custom:0', now),
    unreadCount: (inbox) => inbox.unreadCount({ recipient: `unit:${branch.id}`, seatsIn: [] }, mondayAt),
  },
  coverageGaps: { add: (gaps) => gaps.add(one.id, inTheSteppe, township.path, now) },
  ruleBooks: {
    of: (books) => books.of(banner.id),
    version: (books) => books.version(banner.id, 'unknown'),
    keepRegions: (books) => books.keepRegions(),
    faultOf: (books) => books.faultOf(banner.id),
    publish: (books) => books.publish(banner.id, { ...defaultRuleBook, version: 'next' }),
  },
  calendars: {
    current: (calendars) => calendars.current(),
    progress: (calendars) => calendars.progress(),
    saveProgress: (calendars) =>
      calendars.saveProgress({
        version: '1',
        seenAt: now,
        cursor: null,
        isDone: true,
        failedReportIds: [],
      }),
  },
  limits: {
    read: (limits) => limits.read('bucket'),
    begin: (limits) => limits.begin('bucket', { fullAt: now, commands: ['c1'] }),
    beginAnew: (limits) => limits.beginAnew('bucket', { fullAt: now + 10, commands: ['c2'] }, now),
    take: (limits) => limits.take('bucket', { after: now, until: now + 100, byMs: 10, command: 'c3' }),
    dropFull: (limits) => limits.dropFull(now, 10),
  },
  signIns: {
    get: (signIns) => signIns.get('code'),
    begin: (signIns) =>
      signIns.begin({
        id: `code-${now}`,
        page: 'page',
        words: '青山 · 4 · 泉水',
        choices: ['青山 · 4 · 泉水'],
        device: 'Windows 电脑',
        isPublic: false,
        status: 'waiting',
        expiresAt: now,
      }),
    become: (signIns) => signIns.become('code', 'waiting', { status: 'refused' }),
    dropOver: (signIns) => signIns.dropOver(now, 10),
  },
  webSessions: {
    get: (sessions) => sessions.get('web-1'),
    begin: (sessions) =>
      sessions.begin({
        id: `web-${now}`,
        accountId: 'custom:somebody',
        device: 'Windows 电脑',
        isPublic: false,
        startedAt: now,
        untilAt: now,
        endedAt: null,
      }),
    latest: (sessions) => sessions.latest('custom:somebody', 10),
    end: (sessions) => sessions.end('web-1', 'custom:somebody', now),
    dropOver: (sessions) => sessions.dropOver(now, 10),
  },
  deadlineMemory: ofClockMemory,
  outboxMemory: ofClockMemory,
  invitationDueMemory: ofClockMemory,
  invitationOutboxMemory: ofClockMemory,
  seatDueMemory: ofClockMemory,
  seatOutboxMemory: ofClockMemory,
  unitMemory: ofClockMemory,
  dutyMemory: {
    all: (memory) => memory.all(),
    remember: (memory) => memory.remember('weights', { for: '2026-03-02', answer: { reweighed: 1 } }),
  },
}

/** What each method asked of the database, by its name; what is found by ids needs no index. */
const asked: (AnsweredQuery & { readonly method: string })[] = []

beforeAll(async () => {
  jest.spyOn(console, 'info').mockImplementation(() => {})
  for (const [repository, methods] of Object.entries(everything)) {
    for (const [name, ask] of Object.entries(methods)) {
      heard.length = 0
      await (ask as (port: unknown) => Promise<unknown>)(ports[repository as Repository])
      const queries = heard.filter(({ plan }) => plan.kind !== 'ids')
      asked.push(...queries.map((query) => ({ ...query, method: `${repository}.${name}` })))
    }
  }
})

/** Whole collections of a few documents: two a year, one for each committee. */
const readWhole = ['calendars.current', 'ledger.chains']
/** The clock goes through a collection in the order of its ids, from where it came to. */
const walked = ['reports.counted', 'figures.behind']

test('whatever the repositories ask has an index that leads to it', () => {
  const unled = asked.filter(
    ({ method, plan }) => plan.kind !== 'index' && ![...readWhole, ...walked].includes(method),
  )
  expect(unled).toEqual([])
})

test('each method does in the file of the clock, too, all that its packages have to do', async () => {
  const { ports: ofTheClock } = openBundled('clock').outside
  for (const [repository, methods] of Object.entries(everything))
    for (const ask of Object.values(methods))
      await (ask as (port: unknown) => Promise<unknown>)(ofTheClock[repository as Repository])
})

test('each index serves a question', () => {
  const used = new Set(asked.map(({ collection, plan }) => `${collection}.${plan.index}`))
  const declared = town.collections.flatMap(({ CollectionName, CreateIndexes }) =>
    CreateIndexes.map(({ IndexName }) => `${CollectionName}.${IndexName}`),
  )
  expect(declared.filter((name) => !used.has(name))).toEqual([])
})

/** Which question about reports needs which index; one that none needs any more falls away. */
const listedBy: Readonly<Record<ReportScope['kind'], ReportIndex>> = {
  'own-queue': 'own_queue',
  'own-done': 'own_done',
  'handler-queue': 'handler_queue',
  'in-hand': 'in_hand',
  'handler-overdue': 'handler_overdue',
  handled: 'handled',
  'area-sorting': 'area_sorting',
  'area-open': 'area_open',
  'area-overdue': 'area_open',
  requests: 'area_requests',
  'area-unsettled': 'area_running',
  'area-recent': 'area_recent',
  'area-running': 'area_running',
}
const askedBy: Readonly<Partial<Record<keyof Ports['reports'], readonly ReportIndex[]>>> = {
  list: [...new Set(Object.values(listedBy))],
  rows: [...new Set(Object.values(listedBy))],
  countRunning: ['area_running'],
  countIn: ['counted'],
  lyingIn: ['counted'],
  unsettled: ['outbox'],
  aliveAround: ['place'],
  parentsAround: ['place'],
  parentsByPlaceName: ['place_name'],
  openAtPublicPlaces: ['public_place'],
  dueForClock: ['clock'],
  withOutbox: ['outbox'],
}

test.each(Object.values(scopes))('the list $kind is read by its own index', async (scope) => {
  heard.length = 0
  await ports.reports.rows(scope, { limit: 3 })
  expect(heard.map(({ plan }) => plan.index)).toEqual([listedBy[scope.kind]])
})

test.each(Object.entries(askedBy))('reports.%s needs no index but its own', (method, indexes) => {
  const used = asked.filter((query) => query.method === `reports.${method}`).map(({ plan }) => plan.index)
  expect([...new Set(used)].sort()).toEqual([...(indexes ?? [])].sort())
})

/** How many entries the indexes of its collection hold of a report: one in each, or one for each element of a list. */
const entriesOf = (report: Report): number => {
  const document = toReportDocument(report)
  return Object.values(reportIndexes).reduce(
    (sum, index) => sum + ('each' in index ? Math.max(1, new Set(document[index.each]).size) : 1),
    0,
  )
}

test('a report lies in as many index entries as are written here: five levels of units count only while it is open', () => {
  expect(branch.path).toHaveLength(5)
  expect(Object.keys(reportIndexes)).toHaveLength(17)
  expect([reportIn('accepted'), reportIn('closed')].map(entriesOf)).toEqual([31, 21])
})

/** What has to look at more than it answers, by method or index, and why that stays little. */
const looksFurther: Readonly<Record<string, string>> = {
  'units.ended': 'units that have been wound up stay where they were: a few in a year',
  'inbox.accuse':
    'a complaint is named once: what the levels above have been told since it came is gone through',
  area_running: 'of what is open everyone passes over the complaints: a few of a hundred',
}

test('no question looks at more documents than it answers, whatever ties with the row that a page goes on behind', () => {
  const wasteful = asked.filter(({ examined, found }) => examined === undefined || examined > found)
  const more = wasteful.filter(({ method }) => !walked.includes(method))
  const excused = more.map(({ method, plan }) => [method, plan.index].find((by) => by && looksFurther[by]))
  expect(more.filter((_query, place) => excused[place] === undefined)).toEqual([])
  expect([...new Set(excused)].sort()).toEqual(Object.keys(looksFurther).sort())
})

test('messages that are new are counted as far as a page tells: more than ninety-nine', async () => {
  const recipient = `unit:${otherBranch.id}`
  await ports.inbox.deliver(
    Array.from({ length: 130 }, (_, no) => ({ ...aMessage(no), id: `other-${no}`, recipient })),
  )
  const countSince = (no: number) => ports.inbox.unreadCount({ recipient, seatsIn: [] }, mondayAt + no)
  expect(await countSince(129)).toBe(0)
  expect(await countSince(31)).toBe(98)
  expect(await countSince(-1)).toBe(100)
})
