import * as z from 'zod/mini'
import { type Action, contract } from '../../cloudfunctions/contract/contract'

/**
 * What clients out there may rely on, by hand: action → kind, the fields they must send, the fields they may. Old
 * clients live on for weeks, so a field may be added here as optional and an action may be added; nothing else
 * changes without a reason that stands in the commit.
 */
const known: Readonly<
  Record<Action, readonly [kind: 'command' | 'query', required: string, optional: string]>
> = {
  'report.submit': ['command', 'commandId categoryId text place', 'photos accusedUnitId phone'],
  'report.withdraw': ['command', 'commandId reportId rev', 'asUnitId reason'],
  'report.support': ['command', 'commandId reportId', ''],
  'report.rate': ['command', 'commandId reportId rev contacted solved satisfaction', 'asUnitId remark'],
  'report.reopen': ['command', 'commandId reportId rev reason', 'asUnitId photos'],
  'report.appeal': ['command', 'commandId reportId rev reason', 'asUnitId'],
  'report.appealLook': ['command', 'commandId reportId rev reason', 'asUnitId'],
  'report.add': ['command', 'commandId reportId rev words', 'asUnitId photos'],
  'report.urge': ['command', 'commandId reportId rev', 'asUnitId'],
  'report.answer': ['command', 'commandId reportId rev words', 'asUnitId photos'],
  'report.openMessage': ['command', 'commandId reportId rev', 'asUnitId'],
  'report.denyContact': ['command', 'commandId reportId rev', 'asUnitId'],
  'report.agree': ['command', 'commandId reportId rev request', 'asUnitId'],
  'report.sayReasonGone': ['command', 'commandId reportId rev reason', 'asUnitId'],
  'report.unmerge': ['command', 'commandId reportId rev', 'asUnitId'],
  'redFace.answer': ['command', 'commandId reportId rev isGone', 'asUnitId photo note'],
  'report.accept': ['command', 'commandId reportId rev', 'asUnitId publicSummary'],
  'report.contact': ['command', 'commandId reportId rev channel', 'asUnitId note'],
  'report.ask': ['command', 'commandId reportId rev words', 'asUnitId'],
  'report.recall': ['command', 'commandId reportId rev', 'asUnitId note'],
  'report.note': ['command', 'commandId reportId rev note', 'asUnitId'],
  'report.layPlan': ['command', 'commandId reportId rev text doneBy budget', 'asUnitId'],
  'report.reclassify': ['command', 'commandId reportId rev categoryId', 'asUnitId note'],
  'report.relocate': ['command', 'commandId reportId rev place', 'asUnitId note'],
  'report.correctSummary': ['command', 'commandId reportId rev publicSummary', 'asUnitId'],
  'report.layEvidence': ['command', 'commandId reportId rev note', 'asUnitId photos'],
  'report.askLook': ['command', 'commandId reportId rev', 'asUnitId note'],
  'report.reassign': ['command', 'commandId reportId rev toUnitId note', 'asUnitId'],
  'report.supervise': ['command', 'commandId reportId rev note', 'asUnitId'],
  'report.look': ['command', 'commandId reportId rev finding note', 'asUnitId photos'],
  'report.return': ['command', 'commandId reportId rev reason', 'asUnitId note'],
  'report.transfer': ['command', 'commandId reportId rev toUnitId note', 'asUnitId'],
  'report.takeOver': ['command', 'commandId reportId rev', 'asUnitId'],
  'report.route': ['command', 'commandId reportId rev toUnitId', 'asUnitId note'],
  'report.dispatch': ['command', 'commandId reportId rev toUnitId note', 'asUnitId'],
  'report.sendBack': ['command', 'commandId reportId rev note', 'asUnitId'],
  'report.progress': ['command', 'commandId reportId rev note', 'asUnitId photos isPublic'],
  'report.claimFixed': ['command', 'commandId reportId rev note remedy', 'asUnitId before after'],
  'report.check': ['command', 'commandId reportId rev', 'asUnitId note'],
  'report.rework': ['command', 'commandId reportId rev note', 'asUnitId'],
  'report.resolve': ['command', 'commandId reportId rev note remedy', 'asUnitId before after'],
  'report.merge': ['command', 'commandId reportId rev parentReportId', 'asUnitId'],
  'report.decline': ['command', 'commandId reportId rev reason note', 'asUnitId'],
  'report.suspend': ['command', 'commandId reportId rev reason plan untilAt', 'asUnitId'],
  'report.extend': ['command', 'commandId reportId rev reason resolveDueAt', 'asUnitId'],
  'report.resume': ['command', 'commandId reportId rev', 'asUnitId note'],
  'report.ruleOn': ['command', 'commandId reportId rev request isGranted', 'asUnitId note toUnitId'],
  'redFace.declare': ['command', 'commandId reportId rev note', 'asUnitId'],
  'redFace.appeal': ['command', 'commandId reportId rev reason', 'asUnitId causeNos'],
  'redFace.declareNew': ['command', 'commandId unitId categoryId text place', ''],
  'report.revealPhone': ['command', 'commandId reportId rev', 'asUnitId'],
  'me.get': ['query', '', ''],
  'report.mine': ['query', '', 'cursor limit'],
  'report.get': ['query', 'reportId', ''],
  'report.recent': ['query', 'unitId', 'cursor limit'],
  'report.nearby': ['query', 'point categoryId', ''],
  'queue.list': ['query', 'unitId tab', 'cursor limit'],
  'queue.counts': ['query', 'unitId', ''],
  'redFace.list': ['query', 'unitId tab', 'cursor limit'],
  'redFace.get': ['query', 'entryId', ''],
  'ledger.list': ['query', 'unitId', 'cursor limit'],
  'ledger.chains': ['query', 'unitId', 'cursor limit'],
  'category.list': ['query', '', 'unitId'],
  'rules.get': ['query', '', 'unitId'],
  'place.preview': ['query', '', 'point accuracyMetres namedUnitId categoryId'],
  'grid.cells': ['query', 'unitId', ''],
  'unit.children': ['query', '', 'unitId'],
  'unit.get': ['query', 'unitId', ''],
  'unit.targets': ['query', 'reportId', ''],
  'inbox.list': ['query', '', 'unitId cursor limit'],
  'inbox.read': ['query', 'untilAt', 'unitId'],
  'photo.ticket': ['query', '', ''],
  'photo.admit': ['query', 'fileId', ''],
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
}

const inputOf = (action: Action): ObjectSchema =>
  z.toJSONSchema(contract[action].input, { io: 'input', unrepresentable: 'any' }) as ObjectSchema

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '))

describe('the contract', () => {
  test('has exactly the actions that are known', () => {
    expect(Object.keys(contract).sort()).toEqual(Object.keys(known).sort())
  })

  test.each(Object.keys(known) as readonly Action[])(
    '%s asks for what is known, and for nothing more',
    (action) => {
      const [kind, required, optional] = known[action]
      const { properties = {}, required: mustSend = [] } = inputOf(action)
      expect(contract[action].kind).toBe(kind)
      expect([...mustSend].sort()).toEqual([...words(required)].sort())
      expect(Object.keys(properties).sort()).toEqual([...words(required), ...words(optional)].sort())
    },
  )

  test.each(Object.keys(known) as readonly Action[])('%s takes no field it does not know', (action) => {
    expect(inputOf(action)).toMatchObject({ additionalProperties: false })
  })

  test('every command carries its own id, so that it can be told when it comes again', () => {
    for (const [action, [kind, required]] of Object.entries(known)) {
      if (kind === 'command')
        expect([action, words(required)]).toEqual([action, expect.arrayContaining(['commandId'])])
    }
  })

  test('every step on a report names the revision that was seen, joining one apart', () => {
    const steps = Object.entries(known).filter(
      ([action, [kind, required]]) =>
        kind === 'command' && words(required).includes('reportId') && action !== 'report.support',
    )
    expect(steps.length).toBeGreaterThan(30)
    for (const [action, [, required]] of steps) {
      expect([action, words(required)]).toEqual([action, expect.arrayContaining(['rev'])])
    }
  })
})
