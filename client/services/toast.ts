import Taro from '@tarojs/taro'

/** A short word that needs no answer, such as “已保存”. */
export const toast = (message: string): void => {
  void Taro.showToast({ title: message, icon: 'none', duration: 2200 })
}
