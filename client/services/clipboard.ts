import Taro from '@tarojs/taro'
import { toast } from './toast'

/** Puts a text where it can be pasted from, and says so; where the device does not let it, that is said instead. */
export const copyText = (text: string): void => {
  Taro.setClipboardData({ data: text }).then(
    () => toast('已复制'),
    () => toast('没有复制成功，请照着抄写'),
  )
}
