/** What one journey took. */
export interface Counts {
  /** Presses by the person. */
  readonly taps: number
  /** Keys pressed other than those of typed text. */
  readonly keys: number
  /** Characters typed. */
  readonly typed: number
  /** Distinct pages, and sheets over them, that were seen. */
  readonly screens: number
  /** Dialogs of the system: its camera and files, WeChat's map, a call. What is pressed in them is not counted. */
  readonly system: number
}

/** A photograph or a place that the system's dialog hands over when a press opens it. */
export type Press = () => Promise<void>

/** A phone with one of the two builds. It counts nothing; a selector is a class, which both builds have. */
export interface Device {
  /** Waits for what has this class and says this on the page that is open. */
  readonly find: (selector: string, words?: string) => Promise<unknown>
  readonly press: (selector: string, words?: string) => Promise<void>
  readonly pressTab: (label: string) => Promise<void>
  readonly pressBack: Press
  readonly pressKey: (key: string) => Promise<void>
  readonly write: (selector: string, words: string) => Promise<void>
  /** Opens what a camera has read. */
  readonly open: (address: string) => Promise<void>
  /** Presses, and hands over a photograph; answers how many dialogs of the system that opened. */
  readonly photograph: (press: Press) => Promise<number>
  /** Presses, and hands over a place where the map is the system's; answers how many of its dialogs that opened. */
  readonly pointOut: (press: Press) => Promise<number>
  /** The page on the screen with what it is about, and the sheets over it. */
  readonly screens: () => Promise<readonly string[]>
}

/** What a journey can do: only what a person can. It has no way to say a number. */
export interface Hand {
  readonly see: (selector: string, words?: string) => Promise<void>
  readonly tap: (selector: string, words?: string) => Promise<void>
  readonly tapTab: (label: string) => Promise<void>
  readonly goBack: () => Promise<void>
  readonly pressKey: (key: string) => Promise<void>
  /** Holds the camera of the system over a code; the address opens by itself. */
  readonly scan: (address: string) => Promise<void>
  /** Taps into the field and types. */
  readonly type: (selector: string, words: string) => Promise<void>
  readonly takePhoto: () => Promise<void>
  readonly pointOnMap: () => Promise<void>
}

/** A hand on a device, and what it has done so far. */
export const countingHand = (device: Device): { readonly hand: Hand; readonly counts: () => Counts } => {
  const count = { taps: 0, keys: 0, typed: 0, system: 0 }
  const seen = new Set<string>()

  const look = async (): Promise<void> => {
    for (const screen of await device.screens()) seen.add(screen)
  }
  const see = async (selector: string, words?: string): Promise<void> => {
    await device.find(selector, words)
    await look()
  }
  const tap = async (selector: string, words?: string): Promise<void> => {
    await see(selector, words)
    count.taps += 1
    await device.press(selector, words)
  }

  const hand: Hand = {
    see,
    tap,
    tapTab: async (label) => {
      await look()
      count.taps += 1
      await device.pressTab(label)
    },
    goBack: async () => {
      await look()
      count.taps += 1
      await device.pressBack()
    },
    scan: async (address) => {
      count.system += 1
      await device.open(address)
      await look()
    },
    pressKey: async (key) => {
      count.keys += 1
      await device.pressKey(key)
    },
    type: async (selector, words) => {
      await tap(selector)
      count.typed += [...words].length
      await device.write(selector, words)
    },
    takePhoto: async () => {
      count.system += await device.photograph(() => tap('.photo-picker__add'))
    },
    pointOnMap: async () => {
      const dialogs = await device.pointOut(() => tap('.big-button', '在地图上指一下'))
      count.system += dialogs
      // Where the map is the product's own, pressing in it counts.
      if (dialogs > 0) return
      await tap('.place-picker .leaflet-container')
      await tap('.big-button:not(.big-button--off)', '就在这里')
    },
  }
  return { hand, counts: () => ({ ...count, screens: seen.size }) }
}
