/** What the device says of its network. */
export interface DeviceNetwork {
  readonly saysOffline: () => Promise<boolean>
  /** `hear` is told each time the network goes or comes back. */
  readonly onChange: (hear: (isOnline: boolean) => void) => void
}
