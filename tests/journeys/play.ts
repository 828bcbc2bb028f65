import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import type { Cloud } from '../../local/cloudbase'
import { openProduct } from '../../local/product'
import { launchBrowser } from '../browser/phone'
import { takePhotos } from '../browser/photos'
import { layDemonstration } from '../support/demonstration'
import { opened } from '../support/opened'
import { ownFolder } from '../support/own-folder'
import { type Counts, countingHand } from './hand'
import { openInBrowser } from './in-browser'
import { openInMiniProgram } from './in-mini-program'
import { type Journey, type JourneyName, journeys } from './journeys'

export const builds = ['h5', 'weapp'] as const
export type Build = (typeof builds)[number]

export interface Ground {
  /** Plays one journey in one build, on demonstration data of its own. */
  readonly play: (name: JourneyName, build: Build) => Promise<Counts>
}

const openOn = (folder: string): Promise<Cloud> => openProduct({ port: 0, folder, isTimersOn: false })

/** The demonstration is written once; every journey gets a copy that nobody has touched. */
export const prepareGround = async (): Promise<Ground> => {
  const folder = await ownFolder('journeys')
  const fresh = path.join(folder, 'fresh')
  await layDemonstration(fresh)
  const [photo = ''] = await takePhotos(folder, ['demo-lane-muddy-1'])
  let browser: Browser | undefined

  const openFor = async (build: Build, cloud: Cloud, { who }: Journey) => {
    if (build === 'weapp') return openInMiniProgram(cloud, who, photo)
    browser ??= await launchBrowser()
    return openInBrowser(browser, cloud, who, photo)
  }

  return {
    play: async (name, build) => {
      const journey: Journey = journeys[name]
      const data = path.join(folder, `${name}-${build}`)
      await cp(fresh, data, { recursive: true })
      const cloud = await openOn(data)
      const closeCloud = opened(cloud.close)
      try {
        const handed = (await journey.before?.(cloud)) ?? {}
        const phone = await openFor(build, cloud, journey)
        const { hand, counts } = countingHand(phone.device)
        try {
          await journey.play(hand, handed)
          const complaints = phone.complaints()
          if (complaints.length > 0) throw new Error(`a page complained:\n${complaints.join('\n')}`)
          return counts()
        } finally {
          await phone.close()
        }
      } finally {
        await closeCloud()
        await rm(data, { recursive: true, force: true })
      }
    },
  }
}
