import Taro from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import { fromWeChatMap, toWeChatMap } from '../services/places'
import { isClosedByHand } from '../services/wechat-reason'
import type { PlacePickerProps } from './map-port'

/** WeChat's own chooser, which shows the position to the resident alone and answers the place chosen. */
export function PlacePicker({ isOpen, start, onPick, onClose }: PlacePickerProps) {
  const heard = useRef({ start, onPick, onClose })
  heard.current = { start, onPick, onClose }

  useEffect(() => {
    if (!isOpen) return
    const from = heard.current.start && toWeChatMap(heard.current.start)
    Taro.chooseLocation(from ? { latitude: from.lat, longitude: from.lng } : {}).then(
      ({ latitude, longitude, name, address }) =>
        heard.current.onPick({
          point: fromWeChatMap({ lng: Number(longitude), lat: Number(latitude) }),
          words: name || address,
        }),
      (error: unknown) => heard.current.onClose(isClosedByHand(error) ? undefined : '地图没有打开'),
    )
  }, [isOpen])

  return null
}
