import type { BondKind, BondTerms } from '../../cloudfunctions/contexts/co-building/rules/bond'
import { type BondDocument, documentOfBond } from '../../cloudfunctions/contexts/co-building/store'
import { dayMs } from '../../cloudfunctions/ground/instant'
import { demoUnit, storyCommunityId } from './divisions'
import { demoCellsOf } from './grid'

const storyTownshipId = '150221104'
const storyBannerId = '150221'

/** What the admins of the demonstration have entered besides units and people, half a year before `now`. */
export const demoBonds = (now: number): readonly BondDocument[] => {
  const bond = (
    id: string,
    kind: BondKind,
    unitId: string,
    terms: Omit<BondTerms, 'fromAt'>,
  ): BondDocument => {
    const fromAt = now - 180 * dayMs
    return documentOfBond({ id, kind, unitId, path: demoUnit(unitId).path, terms: { ...terms, fromAt } })
  }
  const point = demoCellsOf(storyCommunityId)[0]?.centre
  return [
    bond('demo-centre-community', 'centre', storyCommunityId, {
      name: '后炭市社区党群服务中心（演示）',
      address: '社区居委会一楼大厅',
      hours: '周一到周五 8:30–12:00，14:30–18:00',
      ...(point ? { point } : {}),
    }),
    bond('demo-centre-township', 'centre', storyTownshipId, {
      name: '萨拉齐镇党群服务中心（演示）',
      address: '镇政府东侧一楼',
      hours: '每天 8:30–17:30',
    }),
    bond('demo-contact', 'contact', storyBannerId, {
      name: '一名旗领导（演示）',
      post: '旗委常委',
      memberIds: [storyTownshipId],
    }),
    bond('demo-alliance', 'alliance', storyBannerId, {
      name: '城东共建联合体（演示）',
      purpose: '一起把巷子修好，路灯点亮',
      memberIds: [storyCommunityId, '150221-housing', '150221-city'],
      outside: ['一家驻地企业（演示）'],
    }),
  ]
}
