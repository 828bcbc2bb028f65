import { openDemonstration } from '../support/open-demonstration'
import { mergedTable, newTownship, newVillage, unitTable } from '../support/unit-table'
import { type Person, type Phone, pickUpPhone } from './phone'

const admin: Person = { customUserId: 'admin-150221' }

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('an admin brings a list of units out of a chat and keeps them up, from home', () => {
  let phone: Phone

  beforeAll(async () => {
    const cloud = await openDemonstration('weapp-units')
    phone = await pickUpPhone(cloud)
  })

  afterEach(() => {
    expect(phone.complaints()).toEqual([])
  })

  const toSettings = async (): Promise<void> => {
    await phone.home(admin)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '设置')
    await phone.find('.list-row', '缺人')
  }

  test('a table with cells that are one is refused in words', async () => {
    await toSettings()
    await phone.picture('settings')
    await phone.tap('.list-row', '导入名单')
    await phone.find('.big-button', '选一个表格')
    await phone.picture('import')
    await phone.holdTable('合并的名单.xlsx', mergedTable())
    await phone.tap('.big-button', '选一个表格')
    await phone.see('表里有合并的单元格，请取消合并再传')
  })

  test('a list is looked through, a row mended with one tap, and what can be is entered', async () => {
    await phone.holdTable('演示名单.xlsx', unitTable())
    await phone.tap('.import__other')
    await phone.see('7行里3行能导入，4行有问题')
    await phone.find('.list-rows__row--bad', '和第3行编码重复')
    await phone.find('.list-rows__row--bad', '名称像公式')
    await phone.picture('import-checked')
    await phone.tap('.big-button', `填 ${newTownship.code}`)
    await phone.find('.list-rows__chosen', `填 ${newTownship.code}`)
    await phone.tap('.big-button', '导入4行')
    await phone.find('.import__count', '新增4个')
    await phone.find('.import__count', '3行没进去')
    await phone.picture('import-done')
  })

  test('the units are there, and one is renamed and taken back', async () => {
    await phone.tap('.big-button', '看单位')
    await phone.type('.search-box__input', '演示')
    await phone.find('.units__unit', newVillage.name)
    await phone.picture('units')
    await phone.tap('.units__unit', newVillage.name)
    await phone.find('.list-row', '改名称')
    await phone.picture('unit')
    await phone.tap('.list-row', '改名称')
    await phone.type('.text-box__input', '演示东新村党支部')
    await phone.picture('unit-rename')
    await phone.tap('.sheet__action .big-button', '改')
    await phone.see('演示东村党支部 → 演示东新村党支部')
    await phone.tap('.big-button', '撤回')
    await phone.see('撤回了上一次改动')
  })
})
