import { readFile } from 'node:fs/promises'
import path from 'node:path'
import automator from 'miniprogram-automator'
import { routes, tabs } from '../../client/routes'
import type { Cloud } from '../../local/cloudbase'
import { cloudbasePort } from '../../local/miniprogram/cloudbase-port'
import { sayProblem } from '../../local/miniprogram/failure'
import { type Headless, launchChromium, openHeadless } from '../../local/miniprogram/headless'
import { type Host, startHost } from '../../local/miniprogram/server'
import { opened } from '../support/opened'
import { keepPicture, shootFinished, whenStill } from '../support/pictures'
import { pointAtCloud } from './point-at-cloud'

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>
type Page = NonNullable<Awaited<ReturnType<MiniProgram['currentPage']>>>
type Element = NonNullable<Awaited<ReturnType<Page['$']>>>

const root = path.join(__dirname, '../..')
const weapp = path.join(root, 'dist/weapp')

/** Somebody of the demonstration by their custom sign-in, or a WeChat user. */
export type Person = { readonly customUserId: string } | { readonly openId: string }

/** How long something may take to appear, in milliseconds. */
const patienceMs = 180_000
const pauseMs = 150

export interface Row {
  readonly said: string
  readonly tap: () => Promise<void>
}

export interface Phone {
  readonly mini: MiniProgram
  /** Opens the mini-program anew, on home, as somebody: from there on everything is reached by tapping. */
  readonly home: (person: Person) => Promise<void>
  /** A page that somebody shared, or whose address was typed wrongly: nobody comes to a page like this otherwise. */
  readonly open: (url: string, person?: Person) => Promise<void>
  /** The first element that has this class and says this, or of those with the class the one at this place. Waits for it. */
  readonly find: (selector: string, words?: string, at?: number) => Promise<Element>
  /** Waits until it is so; `what` says what is not when it stays so. */
  readonly until: (isSo: () => Promise<boolean>, what: string) => Promise<void>
  /** Waits until nothing has this class. */
  readonly miss: (selector: string) => Promise<void>
  /** What everything with this class says, from top to bottom. */
  readonly texts: (selector: string) => Promise<readonly string[]>
  /** What is there now, with what it says; a row may be folded away before it is tapped. */
  readonly rows: (selector: string) => Promise<readonly Row[]>
  readonly has: (selector: string, words?: string) => Promise<boolean>
  readonly tap: (selector: string, words?: string, at?: number) => Promise<void>
  readonly see: (words: string) => Promise<void>
  /** Presses a tab of WeChat's bar below the page. */
  readonly tapTab: (label: string) => Promise<void>
  /** Presses the arrow that WeChat draws above a page. */
  readonly goBack: () => Promise<void>
  /** Scrolls the page; what is further than its end is its end. */
  readonly scrollTo: (top: number) => Promise<void>
  readonly type: (selector: string, words: string) => Promise<void>
  /** Turns the wheels of the first field that asks for a day to this one, `YYYY-MM-DD`. */
  readonly pickDay: (day: string) => Promise<void>
  /** What chooses pictures gets this file. */
  readonly holdPhoto: (file: string) => Promise<void>
  /** What chooses a file out of a chat gets this one. */
  readonly holdTable: (name: string, content: Buffer) => Promise<void>
  readonly holdPlace: (place: { name: string; latitude: number; longitude: number }) => Promise<void>
  readonly picture: (name: string) => Promise<void>
  readonly query: () => Promise<Record<string, string>>
  /** The switch of the phone's network. */
  readonly setOnline: (isOnline: boolean) => Promise<void>
  /** What was wrong since the last time this was asked. */
  readonly complaints: () => readonly string[]
  readonly close: () => Promise<void>
}

/** What becomes of a call on its way from the phone to the cloud. */
export type Carry = (payload: unknown, go: () => Promise<unknown>) => Promise<unknown>

/** Elements with a class, in the page and in the components that it is made of. */
const all = async (from: Page | Element, selector: string): Promise<readonly Element[]> => {
  const own = await from.$$(selector)
  const components = [...(await from.$$('comp')), ...(await from.$$('custom-wrapper'))]
  // A component may have gone meanwhile.
  const inside = await Promise.all(components.map((one: Element) => all(one, selector).catch(() => [])))
  return [...own, ...inside.flat()]
}

const run = (code: string): never => code as never

/** What drives the mini-program, and how it is somebody. */
interface Connection {
  readonly mini: MiniProgram
  readonly become: (person: Person) => Promise<void>
  readonly tapTab: (label: string) => Promise<void>
  readonly goBack: () => Promise<void>
  readonly setOnline: (isOnline: boolean) => Promise<void>
  /** Takes a picture when everything on the screen has come, where that can be told. */
  readonly finished: (shoot: () => Promise<Buffer>) => Promise<Buffer>
  readonly complaints: () => readonly string[]
  readonly close: () => Promise<void>
}

const connectHere = async (cloud: Cloud, carry: Carry): Promise<Connection> => {
  let token: string | undefined
  const port = cloudbasePort(cloud.url, () => token)
  const callFunction: typeof port.callFunction = async (name, payload) =>
    (await carry(payload, () => port.callFunction(name, payload))) as Awaited<
      ReturnType<typeof port.callFunction>
    >
  const host: Host = await startHost({
    folder: weapp,
    cloud: { ...port, callFunction },
    answerMs: patienceMs,
  })
  const closeHost = opened(host.close)
  const browser = await launchChromium()
  const closeBrowser = opened(() => browser.close())
  const headless: Headless = await openHeadless(browser, host, { width: 375, height: 812, scale: 1 })
  const mini = await automator.connect({ wsEndpoint: host.wsEndpoint })
  const disconnect = opened(() => mini.disconnect())
  return {
    mini,
    become: async (person) => {
      token = cloud.accessTokenOf(person)
    },
    tapTab: (label) =>
      headless.page
        .locator('.wx-tab:visible')
        .filter({ hasText: label })
        .first()
        .click({ timeout: patienceMs }),
    goBack: () =>
      headless.page
        .locator('.wx-navigation-bar:visible [aria-label="返回"]')
        .last()
        .click({ timeout: patienceMs }),
    setOnline: (isOnline) =>
      headless.page.evaluate((is) => {
        const detail = { isOnline: is, networkType: is ? 'wifi' : 'none' }
        document.dispatchEvent(new CustomEvent('wx-device', { detail }))
      }, isOnline),
    finished: (shoot) => shootFinished(headless.page, shoot),
    complaints: () => host.takeProblems().map(sayProblem),
    close: async () => {
      await disconnect()
      await headless.close()
      await closeBrowser()
      await closeHost()
    },
  }
}

/**
 * WeChat DevTools know one user, whom a test cannot change: `wx.cloud` is pointed at this machine's cloud, as whom the
 * test wants to be.
 */
const connectDevTools = async (cloud: Cloud, wsEndpoint: string): Promise<Connection> => {
  const mini = await automator.connect({ wsEndpoint })
  const disconnect = opened(() => mini.disconnect())
  const thrown: string[] = []
  mini.on('exception', (error: unknown) => thrown.push(JSON.stringify(error)))
  return {
    mini,
    become: async (person) => {
      await mini.evaluate(run(pointAtCloud), cloud.url, cloud.accessTokenOf(person))
    },
    // What WeChat draws is out of the automator's reach: these are what its presses call.
    tapTab: async (label) => {
      const tab = tabs.find(({ text }) => text === label)
      if (!tab) throw new Error(`no tab is called ${label}`)
      await mini.switchTab(`/${routes[tab.name]}`)
    },
    goBack: async () => {
      await mini.navigateBack()
    },
    setOnline: () => Promise.reject(new Error('the network of DevTools is switched by hand')),
    finished: (shoot) => shoot(),
    complaints: () => thrown.splice(0),
    close: disconnect,
  }
}

/** A phone with the compiled mini-program: here, or in the DevTools that WECHAT_DEVTOOLS names. */
export const pickUpPhone = async (cloud: Cloud, carry: Carry = (_payload, go) => go()): Promise<Phone> => {
  const devTools = process.env.WECHAT_DEVTOOLS
  const { mini, become, tapTab, goBack, setOnline, finished, complaints, close } = devTools
    ? await connectDevTools(cloud, devTools)
    : await connectHere(cloud, carry)

  const page = async (): Promise<Page> => {
    const current = await mini.currentPage()
    if (!current) throw new Error('no page is open')
    return current
  }

  const search = async (selector: string, words?: string, at?: number): Promise<Element | undefined> => {
    const found = await all(await page(), selector)
    for (const element of at === undefined ? found : found.slice(at, at + 1)) {
      const said = await element.text().catch(() => '')
      if (words === undefined || said.includes(words)) return element
    }
    return undefined
  }

  const shoot = async (): Promise<Buffer> =>
    Buffer.from((await mini.screenshot()) as unknown as string, 'base64')

  const find = async (selector: string, words?: string, at?: number): Promise<Element> => {
    for (const end = Date.now() + patienceMs; Date.now() < end; ) {
      const found = await search(selector, words, at).catch(() => undefined)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    await keepPicture('weapp/failed', await shoot())
    const shown = await (await page()).$('.page-frame').then((frame) => frame?.text())
    const { path: route } = await page()
    throw new Error(
      `nothing like ${selector} ${words ?? ''} on ${route}:\n${shown ?? ''}\n${complaints().join('\n')}`,
    )
  }

  const until = async (isSo: () => Promise<boolean>, what: string): Promise<void> => {
    for (const end = Date.now() + patienceMs; !(await isSo()); ) {
      if (Date.now() > end) throw new Error(what)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }

  const miss = (selector: string): Promise<void> =>
    until(async () => (await search(selector)) === undefined, `${selector} stays`)

  const tap = async (selector: string, words?: string, at?: number): Promise<void> => {
    const end = Date.now() + patienceMs
    for (;;) {
      try {
        await (await find(selector, words, at)).tap()
        return
      } catch (error) {
        // It moved, or something lay over it for a moment.
        if (Date.now() > end || !/lies over it|no such element/.test(String(error))) throw error
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  const open = async (url: string, person?: Person): Promise<void> => {
    if (person) await become(person)
    await mini.callWxMethod('reLaunch', { url: `/${url}` })
  }

  return {
    mini,
    find,
    tap,
    tapTab,
    goBack,
    open,
    home: async (person) => {
      await open(routes.home, person)
      await find('.report-hero')
    },
    until,
    miss,
    rows: async (selector) => {
      const found = await all(await page(), selector)
      return Promise.all(
        found.map(async (one) => ({ said: await one.text().catch(() => ''), tap: () => one.tap() })),
      )
    },
    texts: async (selector) => {
      const found = await all(await page(), selector)
      // What has gone meanwhile says nothing.
      const said = await Promise.all(found.map((one) => one.text().catch(() => '')))
      return said.filter((words) => words !== '')
    },
    scrollTo: async (top) => {
      await mini.pageScrollTo(top)
    },
    has: async (selector, words) => (await search(selector, words)) !== undefined,
    see: async (words) => {
      await find('.page-frame', words)
    },
    type: async (selector, words) => {
      const field = (await find(selector)) as Element & { input: (words: string) => Promise<void> }
      await field.input(words)
    },
    pickDay: async (day) => {
      await (await find('picker')).trigger('change', { value: day })
    },
    holdPhoto: async (file) => {
      const content = (await readFile(file)).toString('base64')
      const kept = await mini.evaluate(
        run(`function (content) {
          const path = wx.env.USER_DATA_PATH + '/held.jpg'
          wx.getFileSystemManager().writeFileSync(path, content, 'base64')
          return path
        }`),
        content,
      )
      await mini.mockWxMethod('chooseMedia', {
        errMsg: 'chooseMedia:ok',
        type: 'image',
        tempFiles: [{ tempFilePath: kept, size: content.length, fileType: 'image' }],
      })
    },
    holdTable: async (name, content) => {
      const kept = await mini.evaluate(
        run(`function (content) {
          const path = wx.env.USER_DATA_PATH + '/held.xlsx'
          wx.getFileSystemManager().writeFileSync(path, content, 'base64')
          return path
        }`),
        content.toString('base64'),
      )
      await mini.mockWxMethod('chooseMessageFile', {
        errMsg: 'chooseMessageFile:ok',
        tempFiles: [{ path: kept, name, size: content.length, type: 'file' }],
      })
    },
    holdPlace: (place) =>
      mini.mockWxMethod('chooseLocation', { errMsg: 'chooseLocation:ok', address: '', ...place }),
    picture: async (name) => {
      await miss('.skeleton')
      await mini.callWxMethod('hideToast', {})
      await keepPicture(`weapp/${name}`, await whenStill(() => finished(shoot)))
    },
    query: async () => (await page()).query as Record<string, string>,
    setOnline,
    complaints,
    close,
  }
}
