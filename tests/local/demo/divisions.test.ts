import { areaNameOf } from '../../../cloudfunctions/contexts/organisation/rules/area-name'
import {
  demoPartnerships,
  demoUnit,
  demoUnits,
  divisions,
  storyCommunityId,
} from '../../../local/demo/divisions'

describe('the demonstration’s organisation', () => {
  it('holds every real division of the two banners and what lies above them', () => {
    const count = (prefix: string) => divisions.filter(({ code }) => code.startsWith(prefix)).length
    expect(count('150221')).toBe(226)
    expect(count('150421')).toBe(283)
    expect(divisions).toHaveLength(226 + 283 + 3)
    const ofLevel = (level: string) => divisions.filter((division) => division.level === level).length
    expect([ofLevel('region'), ofLevel('league'), ofLevel('banner'), ofLevel('township')]).toEqual([
      1, 2, 2, 28,
    ])
    expect(ofLevel('village')).toBe(479)
  })

  it('gives every division exactly one unit of its own code', () => {
    const ids = demoUnits.map((unit) => unit.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { code } of divisions) expect(demoUnit(code).areaCode).toBe(code)
  })

  it.each([
    ['后炭市社区居委会', '后炭市社区'],
    ['道北社区居民委员会', '道北社区'],
    ['农林街居委会', '农林街社区'],
    ['张家伙房村民委员会', '张家伙房村'],
    ['大东村委会', '大东村'],
    ['高勒嘎查村', '高勒嘎查'],
    ['兴隆社区', '兴隆社区'],
    ['土默特右旗新型工业园区管理委员会社区', '土默特右旗新型工业园区社区'],
    ['新能源产业园虚拟社区', '新能源产业园社区'],
  ])('calls %s %s', (registered, name) => {
    expect(areaNameOf(registered)).toBe(name)
  })

  it('leaves no committee of residents or villagers in a name', () => {
    for (const { name, areaName } of demoUnits)
      expect(`${name} ${areaName}`).not.toMatch(/委员会|居委|村委|虚拟/)
  })

  it('names branches and committees as people do', () => {
    expect(demoUnit(storyCommunityId).name).toBe('后炭市社区党支部')
    expect(demoUnit('150421201207').name).toBe('张家伙房村党支部')
    expect(demoUnit('150221104').name).toBe('萨拉齐镇党委')
    expect(demoUnit('150221').name).toBe('土默特右旗委')
    expect(demoUnit('15').name).toBe('内蒙古自治区党委')
    expect(demoUnit('150421403').name).toBe('罕乌拉街道党工委')
  })

  it('puts two branches below each of two community committees', () => {
    for (const id of ['150221104001', '150221104002']) {
      expect(demoUnit(id).kind).toBe('community-committee')
      const below = demoUnits.filter((unit) => unit.parentId === id)
      expect(below.map((unit) => unit.kind)).toEqual(['branch', 'branch'])
    }
  })

  it('lets every path run from the region through the parents down to the unit itself', () => {
    for (const unit of demoUnits) {
      expect(unit.path[0]).toBe('15')
      expect(unit.path[unit.path.length - 1]).toBe(unit.id)
      expect(unit.path[unit.path.length - 2] ?? null).toBe(unit.parentId)
      if (unit.parentId) expect(demoUnit(unit.parentId).path).toEqual(unit.path.slice(0, -1))
    }
  })

  it('binds the bureaus of the story to its community, and only partner units to anybody', () => {
    const partnerships = demoPartnerships(Date.parse('2026-06-12T15:00:00+08:00'))
    expect(new Set(partnerships.map((one) => one.id)).size).toBe(partnerships.length)
    for (const one of partnerships) {
      expect(demoUnit(one.partnerId)).toMatchObject({ kind: 'partner', name: one.partnerName })
      expect(demoUnit(one.unitId).kind).not.toBe('partner')
    }
    expect(
      partnerships.filter((one) => one.unitId === storyCommunityId).map((one) => one.partnerName),
    ).toEqual([
      '土默特右旗住房和城乡建设局',
      '土默特右旗林业和草原局',
      '土默特右旗城市管理综合执法局',
      '土默特右旗供电分局',
    ])
  })
})
