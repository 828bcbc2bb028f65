import Taro from '@tarojs/taro'
import { toWeChatMap } from './places'
import type { Destination } from './way-there'

/** WeChat opens its own map. */
export const mapAddress = undefined

/** Opens WeChat's map, which leads there; one that is closed is nobody's fault. */
export const leadTo = ({ point, name, address }: Destination): void => {
  const { lat, lng } = toWeChatMap(point)
  Taro.openLocation({ latitude: lat, longitude: lng, name, address }).catch((error: unknown) =>
    console.info('the map did not open', error),
  )
}
