import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cloud } from './cloudbase'
import { cloudbasePort } from './miniprogram/cloudbase-port'
import { type Host, startHost } from './miniprogram/server'

const root = path.join(__dirname, '..')

/** A WeChat user who is nobody of the demonstration. */
const stranger = { id: '', name: '一位居民（新用户）', hint: '没有上报过，不是工作人员' }

/** Where `wx.chooseLocation` leads in the demonstration, in WeChat's coordinates. */
const places = [
  { name: '供销社往东第二条巷子', address: '后炭市社区', latitude: 40.5637, longitude: 110.5169 },
  { name: '便民服务站斜对面', address: '后炭市社区', latitude: 40.5622, longitude: 110.5149 },
]

/** The compiled mini-program in a phone on this machine, on the product's own cloud. */
export const openWeapp = async (cloud: Cloud, port: number): Promise<Host> => {
  const folder = path.join(root, 'dist/weapp')
  // The build may not have created it yet.
  await mkdir(folder, { recursive: true })
  const personas = JSON.parse(
    await readFile(path.join(__dirname, 'demo/public/personas.json'), 'utf8'),
  ) as readonly { id: string; name: string; hint: string }[]
  const tokenOf = (id: string): string =>
    cloud.accessTokenOf(id === stranger.id ? { openId: 'somebody-in-wechat' } : { customUserId: id })
  let token = tokenOf(stranger.id)
  return startHost({
    folder,
    port,
    cloud: cloudbasePort(cloud.url, () => token),
    places,
    people: {
      list: [stranger, ...personas],
      choose: (id) => {
        token = tokenOf(id)
      },
    },
    isWatching: true,
  })
}
