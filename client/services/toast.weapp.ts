import Taro from '@tarojs/taro'
import type { Toast } from './toast'

/** A short word that needs no answer, such as “已保存”. */
export const toast: Toast = (message) => {
  void Taro.showToast({ title: message, icon: 'none', duration: 2200 })
}
