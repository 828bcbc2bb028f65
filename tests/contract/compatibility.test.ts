import * as z from 'zod/mini'
import { type Action, contract } from '../../cloudfunctions/contract/contract'
import { parseInput } from '../support/parse-input'

/**
 * What clients send and read, by name: old ones live on for weeks. A new optional field, or a new field in an
 * answer, is no harm to them; a line that loses a field, or whose field loses its question mark, is.
 * `…` stands for what every step on a report sends: commandId, reportId, rev and, from who has several seats,
 * asUnitId.
 */
type Row = readonly [action: Action, sent: string, answered: string]

const receipt = 'reportId rev status at'
const step = `${receipt} view`
const job = 'id kind status unitId fileName ofJobId begunAt changedAt progress result why'
const submitReceipt = `${receipt} number branchName reasons isProvisional acceptDueAt contactDueAt planDueAt resolveDueAt`
const printedReceipt = `${submitReceipt} code printNo categoryId where`

// biome-ignore format: a table is read by its columns
const commands: readonly Row[] = [
  ['report.submit', 'commandId categoryId text photos? place accusedUnitId? phone?', submitReceipt],
  ['report.submitOnBehalf', 'commandId unitId hasConsented isForFamily? printerId? categoryId text photos? place accusedUnitId? phone?', printedReceipt],
  ['report.reprint', 'commandId number unitId printerId?', printedReceipt],
  ['report.withdraw', '… reason?', step],
  ['report.support', 'commandId reportId', step],
  ['report.takeUp', 'commandId reportId point', `${step} part`],
  ['report.rate', '… contacted solved satisfaction remark?', step],
  ['report.reopen', '… reason photos?', step],
  ['report.appeal', '… reason', step],
  ['report.appealLook', '… reason', step],
  ['report.sayToAppeal', '… words photos?', step],
  ['report.appealStruck', '… reason', step],
  ['report.add', '… words photos?', step],
  ['report.urge', '…', step],
  ['report.answer', '… words photos?', step],
  ['report.openMessage', '…', step],
  ['report.denyContact', '…', step],
  ['report.agree', '… request', step],
  ['report.sayReasonGone', '… reason', step],
  ['report.unmerge', '…', step],
  ['redFace.answer', '… isGone photo? note?', step],
  ['report.accept', '… publicSummary?', step],
  ['report.contact', '… channel note?', step],
  ['report.ask', '… words', step],
  ['report.recall', '… note?', step],
  ['report.note', '… note', step],
  ['report.layPlan', '… text doneBy budget', step],
  ['report.reclassify', '… categoryId note?', step],
  ['report.relocate', '… place note?', step],
  ['report.correctSummary', '… publicSummary', step],
  ['report.layEvidence', '… note photos?', step],
  ['report.askLook', '… note?', step],
  ['report.reassign', '… toUnitId note', step],
  ['report.supervise', '… note', step],
  ['report.look', '… finding note photos?', step],
  ['report.return', '… reason note?', step],
  ['report.transfer', '… toUnitId note', step],
  ['report.takeOver', '…', step],
  ['report.route', '… toUnitId? accusedUnitId? note?', step],
  ['report.dispatch', '… toUnitId memberId? note', step],
  ['report.sendBack', '… note', step],
  ['report.progress', '… note photos? isPublic?', step],
  ['report.claimFixed', '… note before? after? remedy', step],
  ['report.check', '… note?', step],
  ['report.rework', '… note', step],
  ['report.resolve', '… note before? after? remedy', step],
  ['report.merge', '… parentReportId', step],
  ['report.decline', '… reason note', step],
  ['report.suspend', '… reason plan untilAt isSeasonal?', step],
  ['report.extend', '… reason resolveDueAt', step],
  ['report.resume', '… note?', step],
  ['report.ruleOn', '… request requestNo? isGranted note? toUnitId?', step],
  ['redFace.declare', '… note', step],
  ['redFace.appeal', '… reason causeNos?', step],
  ['redFace.declareNew', 'commandId unitId categoryId text place', submitReceipt],
  ['report.revealPhone', '…', `${step} phone`],
  ['inbox.read', 'unitId? untilAt', 'unreadCount'],
  ['bond.begin', 'commandId kind unitId partnerId? name? fromAt? untilAt? groups? post? memberIds? outside? purpose? point? address? hours? phone?', 'bond'],
  ['bond.change', 'commandId kind bondId rev name? fromAt? untilAt? groups? post? memberIds? outside? purpose? point? address? hours? phone?', 'bond'],
  ['bond.end', 'commandId kind bondId rev at?', 'bond'],
  ['bond.undo', 'commandId kind bondId rev', 'bond'],
  ['people.invite', 'commandId invitations', 'results'],
  ['people.seeInvitation', 'commandId code', 'invitation'],
  ['people.acceptInvitation', 'commandId invitationId phoneTail', 'invitation'],
  ['people.declineInvitation', 'commandId invitationId', 'invitation'],
  ['people.confirmInvitation', 'commandId invitationId', 'invitation'],
  ['people.refuseInvitation', 'commandId invitationId', 'invitation'],
  ['people.withdrawInvitation', 'commandId invitationId', 'invitation'],
  ['people.end', 'commandId seatId rev at?', 'seat'],
  ['people.changeDates', 'commandId seatId rev fromAt? untilAt?', 'seat'],
  ['people.handOver', 'commandId seatId rev at? name? toSeatId?', 'seat invitationId code'],
  ['people.undo', 'commandId seatId rev', 'seat'],
  ['photo.admit', 'fileId', 'photoId url thumbUrl width height'],
  ['unit.add', 'commandId parentId name kind code? areaName? phone? dutyPhone? address? hours? population? floatingShare?', 'unit change'],
  ['unit.correct', 'commandId unitId rev areaName? phone? dutyPhone? address? hours? population? floatingShare?', 'unit change'],
  ['unit.rename', 'commandId unitId rev name fromAt?', 'unit change'],
  ['unit.close', 'commandId unitId rev successorId? fromAt?', 'unit change'],
  ['unit.move', 'commandId unitId rev parentId fromAt?', 'unit change'],
  ['unit.split', 'commandId unitId rev parts heir? fromAt?', 'unit change'],
  ['unit.undo', 'commandId unitId changeId', 'unit change'],
  ['unitList.check', 'commandId unitId fileId fileName columns?', job],
  ['unitList.cure', 'commandId jobId no cure', 'no verdict cells problem cure'],
  ['unitList.import', 'commandId jobId cures', job],
  ['job.cancel', 'commandId jobId', job],
  ['job.nudge', 'jobId', job],
  ['signIn.see', 'code', 'device isPublic choices expiresAt'],
  ['signIn.answer', 'code words stay', 'isConfirmed'],
  ['webSession.end', 'sessionId', 'sessionId'],
]
// biome-ignore format: a table is read by its columns
const queries: readonly Row[] = [
  ['me.get', '', 'isSignedIn memberships unreadCount homeUnit'],
  ['report.mine', 'cursor? limit?', 'rows nextCursor'],
  ['report.get', 'reportId', 'id number rev status view part categoryId categoryName text publicSummary photos placeWords point isPointRounded pseudonym hasPhone branch unitPath routing submittedAt isUnreported reportedAt yoursSince acceptDueAt contactDueAt planDueAt resolveDueAt runningDueAt runningDueKind isOverdue isDueSoon dues contactedAt handler fixClaim resolution ratings suspension suspendable requests plan questions freePassesLeft staysWithUs dutyPhone supporterCount coReporterCount parentReportId childCount redFace posting timeline acceptedAt freshEvidence olderCount submittedUnder wasReopened isPhoneRevealed actions barredAnswers urgeAgainAt'],
  ['report.filedHere', 'unitId cursor? limit?', 'rows nextCursor'],
  ['report.ofReceipt', '', 'reportId parentReportId isThroughOurs'],
  ['report.olderLines', 'reportId', 'lines'],
  ['report.recent', 'unitId isOpen? cursor? limit?', 'rows nextCursor'],
  ['report.nearby', 'point categoryId', 'rows'],
  ['queue.list', 'unitId tab cursor? limit?', 'rows nextCursor'],
  ['queue.counts', 'unitId', 'tabs overdueCount asOf'],
  ['redFace.list', 'unitId tab cursor? limit?', 'rows nextCursor publicCount clearedCount asOf'],
  ['redFace.get', 'entryId', 'entry episode before after ledger canAnswer barredAnswers submittedUnder rev'],
  ['ledger.list', 'unitId cursor? limit?', 'chain rows nextCursor headHash headSeq anchors brokenAtSeq'],
  ['ledger.chains', 'unitId cursor? limit?', 'rows nextCursor'],
  ['category.list', 'unitId?', 'rows'],
  ['rules.get', 'unitId? submittedUnder?', 'version report redFace recurrence'],
  ['place.preview', 'point? accuracyMetres? namedUnitId? categoryId?', 'branchName unitId accused reasons isProvisional acceptText resolveText cells'],
  ['grid.cells', 'unitId', 'cells'],
  ['unit.children', 'unitId? isWhole?', 'unit rows'],
  ['unit.search', 'unitId name? cursor? limit?', 'rows nextCursor'],
  ['unit.below', 'unitId cursor? limit?', 'unit above rows nextCursor'],
  ['unit.history', 'unitId cursor? limit?', 'unit may named rows nextCursor'],
  ['bond.list', 'kind unitId name? isWhole? cursor? limit?', 'unit rows nextCursor'],
  ['bond.candidates', 'kind unitId name? cursor? limit?', 'unit rows nextCursor'],
  ['bond.gaps', 'kind unitId cursor? limit?', 'unit rows nextCursor'],
  ['bond.history', 'kind bondId', 'bond lines'],
  ['bond.ofUnit', 'unitId', 'centres alliances'],
  ['unitList.rows', 'jobId verdict cursor? limit?', 'columns rows nextCursor'],
  ['job.get', 'jobId', job],
  ['job.list', 'unitId cursor? limit?', 'rows nextCursor'],
  ['unit.get', 'unitId', 'unit parents partners openCount redFaceCount asOf rates calendarHorizonOn ruleBookFault'],
  ['unit.days', 'unitId from to', 'days asOf'],
  ['unit.targets', 'reportId', 'partners members branches accusedWithin mergeTargets'],
  ['inbox.list', 'unitId? cursor? limit?', 'rows nextCursor unreadCount'],
  ['people.mine', '', 'rows'],
  ['people.leaving', 'seatId', 'seat open inHandCount isLast partners'],
  ['people.list', 'unitId cursor? limit?', 'unit roles rows nextCursor invitations'],
  ['people.coverage', 'unitId show? cursor? limit?', 'unit rows nextCursor'],
  ['people.history', 'seatId? invitationId?', 'lines'],
  ['photo.ticket', '', 'folder'],
  ['webSession.list', '', 'rows'],
  ['page.open', 'page unitId? reportId? entryId? tab?', 'answers'],
]
// biome-ignore format: a table is read by its columns
const openToAll: readonly Row[] = [
  ['signIn.begin', 'device isPublic', 'code pageKey words expiresAt'],
  ['signIn.take', 'code pageKey', 'state signedIn'],
]
const table = [...commands, ...queries, ...openToAll]

const onReport = 'commandId reportId rev asUnitId?'

/** The fields of a row: name, and whether it must be sent. */
const fieldsOf = (sent: string): readonly (readonly [string, boolean])[] =>
  sent
    .replace('…', onReport)
    .split(' ')
    .flatMap((word) => (word === '' ? [] : [[word.replace('?', ''), !word.endsWith('?')] as const]))

const place = {
  point: { lng: 110.52, lat: 40.56 },
  accuracyMetres: 10,
  words: '供销社往东',
  namedUnitId: '150221',
}

/** What a client sends in a field, as it was when the field came into the world. */
const examples: Readonly<Record<string, unknown>> = {
  number: '260-411-7838',
  printerId: 'p7F3K',
  hasConsented: true,
  isForFamily: false,
  commandId: '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  reportId: 'r7F3K',
  parentReportId: 'r7F3M',
  entryId: 'r7F3K:1:150221104004',
  rev: 3,
  asUnitId: '150221104004',
  unitId: '150221104004',
  toUnitId: '150221104005',
  memberId: '0f3a9c2b7d1e4f60',
  namedUnitId: '150221104004',
  accusedUnitId: '150221104004',
  categoryId: 'lane-repair',
  text: '巷子里都是泥',
  words: '杆上写着“后炭市17”',
  note: '下午去看',
  device: 'Windows 电脑',
  pageKey: '0123456789abcdef0123456789abcdef',
  stay: 'day',
  sessionId: 'web-0123456789abcdef01234567',
  reason: '下雨天才有积水',
  remark: '谢谢',
  plan: '随管网一起做',
  budget: '专项资金五万元',
  publicSummary: '后炭市社区 · 路面坑洼',
  phone: '13800000001',
  photos: ['p1'],
  photo: 'p1',
  before: [],
  after: ['p2'],
  remedy: 'lasting',
  channel: 'visit',
  finding: 'solved',
  contacted: true,
  solved: 'yes',
  satisfaction: 'satisfied',
  isGone: true,
  isGranted: true,
  requestNo: 1,
  isPublic: true,
  causeNos: [1],
  doneBy: 1_780_000_000_000,
  untilAt: 1_780_000_000_000,
  isSeasonal: true,
  resolveDueAt: 1_780_000_000_000,
  place,
  point: place.point,
  accuracyMetres: 10,
  submittedUnder: '150221@banner-1',
  from: '2026-03-01',
  to: '2026-03-31',
  cursor: '1~r0',
  limit: 20,
  fileId: 'cloud://local.bucket/incoming/a.jpg',
  fileName: '组织名单.xlsx',
  columns: [{ header: '单位全称', field: 'name' }],
  jobId: 'j7f3a',
  no: 17,
  cure: { field: 'phone', value: '' },
  cures: 'chosen',
  verdict: 'bad',
  parentId: '150221104',
  kind: 'branch',
  areaName: '新村',
  dutyPhone: '04728881234',
  address: '新村一号',
  hours: '周一到周五',
  population: 820,
  floatingShare: 12.5,
  successorId: '150221104005',
  changeId: 'c7f3a',
  parts: [{ name: '新村第一党支部' }],
  heir: 0,
  invitations: [{ unitId: '150221104004', role: 'secretary', name: '王书记', fromAt: 1_780_000_000_000 }],
  code: 'k7q2-88pm',
  invitationId: 'i0f3a9c2b7d1e4f60',
  phoneTail: '4471',
  seatId: 'seat-i0f3a9c2b7d1e4f60',
  at: 1_780_000_000_000,
  fromAt: 1_780_000_000_000,
  show: 'missing',
  name: '王书记',
  toSeatId: 'seat-i0f3a9c2b7d1e4f61',
  bondId: 'b0f3a9c2b7d1e4f60',
  partnerId: '150221-housing',
  groups: ['road'],
  post: '副书记',
  memberIds: ['150221104004'],
  outside: ['一家企业'],
  purpose: '一起修路',
}
/** Fields whose words are chosen from a list that belongs to the action. */
const choices: Partial<Readonly<Record<Action, Readonly<Record<string, unknown>>>>> = {
  'report.agree': { request: 'extend' },
  'report.ruleOn': { request: 'suspend' },
  'report.return': { reason: 'not-our-place' },
  'report.decline': { reason: 'not-real' },
  'queue.list': { tab: 'waiting' },
  'redFace.list': { tab: 'public' },
  'page.open': { page: 'home', tab: 'waiting' },
  'report.recent': { isOpen: true },
  'unit.children': { isWhole: true },
  'bond.begin': { kind: 'partnership' },
  'bond.change': { kind: 'partnership' },
  'bond.end': { kind: 'partnership' },
  'bond.undo': { kind: 'partnership' },
  'bond.list': { kind: 'partnership', isWhole: true },
  'bond.candidates': { kind: 'partnership' },
  'bond.gaps': { kind: 'partnership' },
  'bond.history': { kind: 'partnership' },
}
const inputOf = (action: Action, sent: string, isMeant: (isRequired: boolean, name: string) => boolean) =>
  Object.fromEntries(
    fieldsOf(sent).flatMap(([name, isRequired]) => {
      const value = choices[action]?.[name] ?? examples[name]
      if (value === undefined) throw new Error(`no example of ${name}`)
      return isMeant(isRequired, name) ? [[name, value]] : []
    }),
  )

test('every action stands in the table, each kind apart', () => {
  const ofKind = (kind: string) =>
    Object.entries(contract)
      .flatMap(([action, one]) => (one.kind === kind ? action : []))
      .sort()
  expect(commands.map(([action]) => action).sort()).toEqual(ofKind('command'))
  expect(queries.map(([action]) => action).sort()).toEqual(ofKind('query'))
  expect(openToAll.map(([action]) => action).sort()).toEqual(ofKind('open'))
})

describe.each(table)('%s', (action, sent, answered) => {
  const input = z.toJSONSchema(contract[action].input, { io: 'input' })
  const output = z.toJSONSchema(contract[action].output, { io: 'output' })

  test('is sent and answered as the table says, and takes no other field', () => {
    const required = new Set(input.required)
    const fields = Object.keys(input.properties ?? {}).map((name) => [name, required.has(name)])
    expect(fields.sort()).toEqual([...fieldsOf(sent)].sort())
    expect(Object.keys(output.properties ?? {}).sort()).toEqual(answered.split(' ').sort())
    expect(input.additionalProperties).toBe(false)
  })

  test('is taken with what must be sent alone, and with everything', () => {
    expect(
      parseInput(
        action,
        inputOf(action, sent, (isRequired) => isRequired),
      ),
    ).toMatchObject({ ok: true })
    expect(
      parseInput(
        action,
        inputOf(action, sent, () => true),
      ),
    ).toMatchObject({ ok: true })
  })

  test('is refused without any one of what must be sent', () => {
    for (const [name, isRequired] of fieldsOf(sent)) {
      if (!isRequired) continue
      const without = inputOf(action, sent, (_required, other) => other !== name)
      expect([name, parseInput(action, without).ok]).toEqual([name, false])
    }
  })
})
