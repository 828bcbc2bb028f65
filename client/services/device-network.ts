import type { DeviceNetwork } from './network-port'

/** The network as the browser knows it: that there is none is certain, that there is one is not. */
export const deviceNetwork: DeviceNetwork = {
  saysOffline: () => Promise.resolve(!navigator.onLine),
  onChange: (hear) => {
    window.addEventListener('offline', () => hear(false))
    window.addEventListener('online', () => hear(true))
  },
}
