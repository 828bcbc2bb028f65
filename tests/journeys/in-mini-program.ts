import { routes } from '../../client/routes'
import type { Cloud } from '../../local/cloudbase'
import type { PersonaId } from '../support/looks'
import { pickUpPhone } from '../weapp/phone'
import type { Device } from './hand'

/** In WeChat's own coordinates. */
const place = { name: '供销社往东第二条巷子', latitude: 40.5637, longitude: 110.5169 }

/** The compiled mini-program in somebody's hands, on home. */
export const openInMiniProgram = async (cloud: Cloud, who: PersonaId, photo: string) => {
  const phone = await pickUpPhone(cloud)
  await phone.open(routes.home, { customUserId: who })
  const device: Device = {
    find: phone.find,
    press: phone.tap,
    pressTab: phone.tapTab,
    pressBack: phone.goBack,
    pressKey: () => Promise.reject(new Error('a phone has no keys')),
    open: (address) => phone.open(`/${address}`, { customUserId: who }),
    write: phone.type,
    photograph: async (press) => {
      await phone.holdPhoto(photo)
      await press()
      await phone.find('.photo-picker__add', '1/9')
      await phone.miss('.photo-picker__veil')
      return 1
    },
    pointOut: async (press) => {
      await phone.holdPlace(place)
      await press()
      return 1
    },
    screens: async () => {
      const page = await phone.mini.currentPage()
      const address = `${page?.path} ${JSON.stringify(await phone.query())}`
      const sheets = await phone.texts('.sheet__title')
      const replaced = (await phone.has('.sent-panel')) ? ['sent'] : []
      return [address, ...[...sheets, ...replaced].map((name) => `${address} ${name}`)]
    },
  }
  return { device, complaints: phone.complaints, close: phone.close }
}
