import Taro from '@tarojs/taro'
import type { DeviceNetwork } from './network-port'

/** The network as WeChat knows it. */
export const deviceNetwork: DeviceNetwork = {
  saysOffline: () =>
    Taro.getNetworkType().then(
      ({ networkType }) => networkType === 'none',
      () => false,
    ),
  onChange: (hear) => Taro.onNetworkStatusChange(({ isConnected }) => hear(isConnected)),
}
