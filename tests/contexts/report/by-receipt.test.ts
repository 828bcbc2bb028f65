import { authorise } from '../../../cloudfunctions/contexts/report/access'
import { reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { participantKey } from '../../../cloudfunctions/contexts/report/rules/participant-key'
import {
  type Receipt,
  receiptAccount,
  receiptCode,
  receiptCodeLength,
  receiptDigest,
  withDevice,
} from '../../../cloudfunctions/contexts/report/rules/receipt'
import { isOneOfOurs } from '../../../cloudfunctions/contexts/report/rules/standing'
import { reportActions } from '../../../cloudfunctions/contexts/report/steps/registry'
import { callerOf } from '../../../cloudfunctions/contexts/report/use-cases/standing-of'
import { readSpokenCode } from '../../../cloudfunctions/ground/text/spoken-code'
import {
  aMembership,
  aReport,
  branch,
  housingBureau,
  mondayAt,
  otherBranch,
  township,
} from '../../support/builders'

const keyed = (text: string): string =>
  `${text}|secret`.replace(/./g, (one) => one.charCodeAt(0).toString(16).padStart(2, '0')).slice(-64)

const reportId = 'r-of-the-lamp'
const accountId = receiptAccount(reportId)
const key = participantKey(keyed, accountId, reportId)
const receipt: Receipt = { codeDigest: 'd', key, unitId: branch.id, printNo: 1, devices: [] }
const nobody = { memberships: [], everyMembership: [], unitsAbove: [], now: mondayAt }

const matter = (status: (typeof reportStatuses)[number]) =>
  ({ ...aReport(), id: reportId, reporterKey: key, receipt, status }) as const

const holder = (isThroughOurs = false) =>
  callerOf(keyed, { ...nobody, accountId, receipt: { reportId, isThroughOurs } }, matter('routed'), undefined)

/** Whoever reported the same from WeChat. */
const reporter = {
  isSignedIn: true,
  memberships: [],
  participation: 'reporter',
  key,
} as const

test.each(reportStatuses)(
  'L4: while it is %s a receipt may do what a reporter may, and nothing else',
  (status) => {
    const report = matter(status)
    const may = (caller: Parameters<typeof authorise>[0]) =>
      reportActions.filter((action) => authorise(caller, action, report).isAllowed)
    expect(may(holder())).toEqual(may(reporter))
  },
)

test.each([
  ['the counter that filed it', branch, 'counter', true],
  ['its secretary', branch, 'secretary', false],
  ['the counter above', township, 'counter', false],
  ['the counter of another community', otherBranch, 'counter', false],
  ['a partner', housingBureau, 'partner-staff', false],
] as const)('%s, and only it, prints it again in any status', (_who, unit, role, isAllowed) => {
  const memberships = [aMembership(unit, role)]
  for (const status of reportStatuses)
    expect(authorise({ isSignedIn: true, memberships }, 'reprint', matter(status)).isAllowed).toBe(isAllowed)
})

test('Q5: a receipt that others may have seen is one of ours, whatever the matter', () => {
  expect(isOneOfOurs(holder(), matter('resolved'))).toBe(false)
  expect(isOneOfOurs(holder(true), matter('resolved'))).toBe(true)
})

test('a code is made again by its command alone, and what is kept of it does not say it', () => {
  const code = receiptCode(keyed, reportId, 'c1')
  expect(readSpokenCode(code.toLowerCase(), receiptCodeLength)).toBe(code)
  expect(receiptCode(keyed, reportId, 'c1')).toBe(code)
  expect(receiptDigest(keyed, reportId, code)).not.toBe(receiptDigest(keyed, 'another', code))
})

test('of the devices that printed it the last twenty are known, each once', () => {
  const all = Array.from({ length: 25 }, (_, no) => `device-${no}`)
  const kept = all.reduce<readonly string[]>((devices, device) => withDevice(devices, device), [])
  expect(kept).toHaveLength(20)
  expect(kept.at(-1)).toBe('device-24')
  expect(withDevice(kept, 'device-10').filter((one) => one === 'device-10')).toHaveLength(1)
  expect(withDevice(kept, undefined)).toBe(kept)
})
