import path from 'node:path'
import type { Cloud } from '../../local/cloudbase'
import { openProduct } from '../../local/product'
import { layDemonstration } from '../support/demonstration'
import { opened } from '../support/opened'
import { ownFolder } from '../support/own-folder'
import { type Carry, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const words = '网不好的那天，前巷的井盖松了'
const place = { name: '供销社往东第二条巷子', latitude: 40.5637, longitude: 110.5169 }

describe('the mini-program on a bad network', () => {
  let cloud: Cloud
  let phone: Phone
  /** What happens to the calls for an action; the others go through. */
  let fault: { readonly action: string; readonly meet: Parameters<Carry>[1] } | undefined
  let letGo = (): void => undefined

  const carry: Carry = (payload, go) =>
    fault && (payload as { readonly action?: unknown }).action === fault.action ? fault.meet() : go()

  beforeAll(async () => {
    const folder = await ownFolder('weapp-network')
    await layDemonstration(path.join(folder, 'cloud'))
    cloud = await openProduct({ port: 0, folder: path.join(folder, 'cloud'), isTimersOn: false })
    opened(cloud.close)
    phone = await pickUpPhone(cloud, carry)
  })

  const fails = (): Promise<never> => Promise.reject(new Error('HTTP 500'))
  /** Never answered, until it is let go. */
  const hangs = (): Promise<never> =>
    new Promise((_resolve, reject) => {
      letGo = () => reject(new Error('HTTP 500'))
    })

  /** What was typed stands where it was typed. */
  const kept = async (): Promise<void> => {
    await expect((await phone.find('textarea')).value()).resolves.toBe(words)
  }

  test('hanging, failing and cut, a report says which, keeps its words, and is made once when the network is back', async () => {
    await phone.home({ openId: 'demo-resident-in-wechat' })
    await phone.holdPlace(place)
    await phone.tap('.report-hero')
    await phone.tap('.big-button', '在地图上指一下')
    await phone.tap('.category-block__chip', '其他身边事')
    await phone.type('textarea', words)

    fault = { action: 'report.submit', meet: hangs }
    await phone.tap('.big-button', '提交')
    await phone.see('服务还没有回应')
    await phone.tap('.text-action', '不等了')
    letGo()
    await kept()

    fault = { action: 'report.submit', meet: fails }
    await phone.tap('.big-button', '提交')
    await phone.see('服务出了故障，1件诉求存着，过一会儿自动再发')
    await kept()

    fault = undefined
    await phone.setOnline(false)
    await phone.tap('.big-button', '现在就发')
    await phone.see('没有网，1件诉求存着，有网自动发')
    await kept()

    await phone.setOnline(true)
    await phone.find('.sent-panel')
    const made = (await cloud.invoke(
      'api',
      { action: 'report.mine', input: { limit: 50 } },
      { kind: 'wechat', openId: 'demo-resident-in-wechat', appId: 'wxlocal' },
    )) as { readonly value: { readonly value: { readonly rows: readonly object[] } } }
    expect(made.value.value.rows.filter((row) => JSON.stringify(row).includes(words))).toHaveLength(1)
    // What failed here is noted by the phone, and by nothing else.
    expect(phone.complaints().filter((one) => !/HTTP 500|report\.submit|no network|网络/.test(one))).toEqual(
      [],
    )
  })
})
