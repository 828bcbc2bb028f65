import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openHosting } from '../local/cloudbase/server/hosting'
import { launchChromium } from '../local/miniprogram/headless'
import { openProduct } from '../local/product'

export interface Network {
  readonly roundTripMs: number
  readonly bitsPerSecond: number
}

/** What a browser did until the first row of a page could be seen, and what the page did after. */
export interface FirstLook {
  /** Of every response, head and body as they come over the wire. */
  readonly bytes: number
  readonly requests: number
  /** Among the requests, those that ask another origin whether it may be asked. */
  readonly preflights: number
  /** All times are counted from the moment the address was opened. */
  readonly firstRowMs: number
  readonly firstPaintMs: number
  /** After the first paint: how much longer than 50 ms each task held the page up, together. */
  readonly blockedMs: number
  /** The share of the screen that moved by itself, as browsers measure it. */
  readonly layoutShift: number
}

/** A page that somebody opens who has never been there. */
interface Opened {
  readonly url: string
  /** A selector of the rows. */
  readonly row: string
  /** What the browser keeps for the page; only its owner has put it there. */
  readonly kept?: Readonly<Record<string, string>>
  readonly network?: Network
  /** How many times slower than this machine the page's thread works. */
  readonly slowdown?: number
}

const patienceMs = 180_000

/** A page that nothing comes to for so long is what it is going to be. */
const quietMs = 1_000

const slowDown = async (
  devtools: CDPSession,
  { network, slowdown }: { readonly network: Network | undefined; readonly slowdown: number | undefined },
): Promise<void> => {
  if (slowdown) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  if (!network) return
  const bytesPerSecond = network.bitsPerSecond / 8
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.roundTripMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
}

/** Counts what comes over the wire from now on. */
const countTransfers = (devtools: CDPSession) => {
  const counted = { bytes: 0, requests: 0, preflights: 0 }
  let underWay = 0
  devtools.on('Network.requestWillBeSent', ({ request, redirectResponse }) => {
    if (request.url.startsWith('data:')) return
    if (!redirectResponse) underWay += 1
    counted.requests += 1
    if (request.method === 'OPTIONS') counted.preflights += 1
  })
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    underWay -= 1
    counted.bytes += encodedDataLength
  })
  devtools.on('Network.loadingFailed', () => {
    underWay -= 1
  })
  return { sum: () => ({ ...counted }), isQuiet: () => underWay <= 0 }
}

type Seen = Pick<FirstLook, 'firstRowMs' | 'firstPaintMs' | 'blockedMs' | 'layoutShift'>

const seenIn = (page: Page): Promise<Seen> =>
  page.evaluate(() => (window as unknown as { readonly seen: Seen }).seen)

/** Opens an address in a browser that has never been there, and counts until the first row can be seen. */
const look = async (
  browser: Browser,
  { url, row, kept = {}, network, slowdown }: Opened,
): Promise<FirstLook> => {
  const context = await browser.newContext({
    viewport: { width: 375, height: 812 },
    locale: 'zh-CN',
    isMobile: true,
    hasTouch: true,
  })
  try {
    await context.addInitScript((values) => {
      for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value)
    }, kept)
    await context.addInitScript((wantedRow) => Object.assign(window, { wantedRow }), row)
    await context.addInitScript({ path: path.join(__dirname, 'first-look.js') })
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    const transfers = countTransfers(devtools)
    await devtools.send('Network.enable')
    await slowDown(devtools, { network, slowdown })
    await page.goto(url, { waitUntil: 'commit', timeout: patienceMs })
    await page.waitForFunction(
      () => (window as unknown as { readonly seen: Seen }).seen.firstRowMs > 0,
      undefined,
      { timeout: patienceMs, polling: 50 },
    )
    const untilFirstRow = transfers.sum()
    do await pause(quietMs)
    while (!transfers.isQuiet())
    const { firstRowMs, firstPaintMs, blockedMs, layoutShift } = await seenIn(page)
    return {
      ...untilFirstRow,
      firstRowMs: Math.round(firstRowMs),
      firstPaintMs: Math.round(firstPaintMs),
      blockedMs: Math.round(blockedMs),
      layoutShift: Number(layoutShift.toFixed(3)),
    }
  } finally {
    await context.close()
  }
}

interface Door {
  readonly productUrl: string
  readonly clientRoot: string
  /** Where the client looks for the cloud; nothing: where its page came from. */
  readonly cloudUrl?: string
  readonly network?: Network
}

/** A folder that holds the client's page alone, naming this address of the cloud and its key as the build would. */
const pageNaming = async (folder: string, clientRoot: string, cloudUrl: string): Promise<string> => {
  const answer = await fetch(`${cloudUrl}/local/publishable-key`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  const { key } = (await answer.json()) as { readonly key: string }
  const index = await readFile(path.join(clientRoot, 'index.html'), 'utf8')
  const named = await mkdtemp(path.join(folder, 'page-'))
  await writeFile(
    path.join(named, 'index.html'),
    index
      .replace('rel="preconnect" href="/"', `rel="preconnect" href="${cloudUrl}/"`)
      .replace('name="publishable-key" content=""', `name="publishable-key" content="${key}"`),
  )
  return named
}

const handOn = (productUrl: string, request: IncomingMessage, response: ServerResponse): void => {
  const { host: _ours, ...headers } = request.headers
  const onward = requestTo(new URL(request.url ?? '/', productUrl), { method: request.method, headers })
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}

/**
 * An origin that serves a client and hands on to the product what is the cloud's. The browser's own tools do not slow
 * down the requests that ask another origin whether it may be asked: they wait here for a round trip.
 */
const openDoor = async (folder: string, { productUrl, clientRoot, cloudUrl, network }: Door) => {
  const named = cloudUrl ? [{ prefix: '/', folder: await pageNaming(folder, clientRoot, cloudUrl) }] : []
  const serveFile = openHosting([...named, { prefix: '/', folder: clientRoot }])
  const server = createServer((request, response) => {
    const serve = async () => {
      if (await serveFile(request, response, new URL(request.url ?? '/', 'http://local'))) return
      if (request.method === 'OPTIONS' && network) await pause(network.roundTripMs)
      handOn(productUrl, request, response)
    }
    serve().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The product of this machine and a browser, for looks at built clients. */
export const openStage = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'first-row-'))
  const product = await openProduct({ port: 0, folder, isTimersOn: false })
  const browser = await launchChromium()
  const doors: { readonly close: () => void }[] = []
  const open = async (door: Omit<Door, 'productUrl'>): Promise<string> => {
    const opened = await openDoor(folder, { ...door, productUrl: product.url })
    doors.push(opened)
    return opened.url
  }
  return {
    product,
    look: (opened: Opened) => look(browser, opened),
    /** The address of a client that has the cloud on its own origin. */
    serve: (clientRoot: string) => open({ clientRoot }),
    /** The address of a client that has the cloud on another origin, over this network. */
    serveApart: async (clientRoot: string, network?: Network) => {
      const held = network ? { network } : {}
      return open({ clientRoot, cloudUrl: await open({ clientRoot, ...held }) })
    },
    close: async () => {
      await browser.close()
      for (const door of doors) door.close()
      await product.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a browser keeps for a visitor who has said where they live. */
export const livingIn = (communityId: string) => ({
  'home-community:visitor': JSON.stringify({ data: communityId }),
})

/** The client's first row on home, counted, against the product of this machine. */
export const measureFirstRows = async (clientRoot: string, community: string) => {
  const stage = await openStage()
  try {
    const home = { row: '.matter-row', kept: livingIn(community) }
    const url = await stage.serve(clientRoot)
    // Functions start with their first call; nobody is to wait for that here.
    await stage.look({ ...home, url })
    return {
      home: await stage.look({ ...home, url }),
      homeOfTwoOrigins: await stage.look({ ...home, url: await stage.serveApart(clientRoot) }),
    }
  } finally {
    await stage.close()
  }
}
