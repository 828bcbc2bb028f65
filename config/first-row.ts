import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { openHosting } from '../local/cloudbase/server/hosting'
import { openProduct } from '../local/product'

interface Network {
  readonly roundTripMs: number
  readonly bitsPerSecond: number
}

const slow3G: Network = { roundTripMs: 400, bitsPerSecond: 400_000 }

interface FirstRow {
  /** Of every response, head and body as they come over the wire. */
  readonly bytes: number
  readonly requests: number
  /**
   * Among the requests, those that ask another origin whether it may be asked. The browser's own tools do not slow them:
   * on a slow network two of them, in a row, cost two round trips more than `ms` says.
   */
  readonly preflights: number
  readonly ms: number
}

interface Opened {
  readonly url: string
  /** A selector of the rows. */
  readonly row: string
  readonly community: string
  readonly network?: Network
}

const patienceMs = 180_000

/**
 * Opens an address in a browser that has never been there, but whose owner has said where they live, and counts until
 * the first row can be seen.
 */
const countUntilFirstRow = async (
  browser: Browser,
  { url, row, community, network }: Opened,
): Promise<FirstRow> => {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'zh-CN' })
  try {
    await context.addInitScript((unitId) => {
      localStorage.setItem('home-community', JSON.stringify({ data: unitId }))
    }, community)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    let [bytes, requests, preflights] = [0, 0, 0]
    devtools.on('Network.requestWillBeSent', ({ request }) => {
      if (request.url.startsWith('data:')) return
      requests += 1
      if (request.method === 'OPTIONS') preflights += 1
    })
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await devtools.send('Network.enable')
    if (network) {
      const bytesPerSecond = network.bitsPerSecond / 8
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: network.roundTripMs,
        downloadThroughput: bytesPerSecond,
        uploadThroughput: bytesPerSecond,
      })
    }
    const startedMs = performance.now()
    await page.goto(url, { waitUntil: 'commit', timeout: patienceMs })
    await page.locator(row).locator('visible=true').first().waitFor({ timeout: patienceMs })
    return { bytes, requests, preflights, ms: Math.round(performance.now() - startedMs) }
  } finally {
    await context.close()
  }
}

/** Serves the client from an origin of its own, as static hosting does; its page names the cloud's. */
const serveApart = async (folder: string, cloudUrl: string) => {
  const serveFile = openHosting([{ prefix: '/', folder }])
  const index = (await readFile(path.join(folder, 'index.html'), 'utf8')).replace(
    'rel="preconnect" href="/"',
    `rel="preconnect" href="${cloudUrl}/"`,
  )
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://local')
    if (address.pathname === '/')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(index)
    else void serveFile(request, response, address).then((isFile) => isFile || response.writeHead(404).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The client's first row on home and on the red-face list, against the product of this machine. */
export const measureFirstRows = async (clientRoot: string, community: string) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'first-row-'))
  const product = await openProduct({ port: 0, folder, isTimersOn: false, clientRoot })
  const apart = await serveApart(clientRoot, product.url)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  try {
    const home = { row: '.matter-row', community }
    const list = { row: '.red-face-row', community }
    const listOf = (url: string) => `${url}/#/pages/red-face`
    const count = (opened: Opened) => countUntilFirstRow(browser, opened)
    // Functions start with their first call; nobody is to wait for that here.
    await count({ ...home, url: product.url })
    return {
      home: await count({ ...home, url: product.url }),
      homeOfTwoOrigins: await count({ ...home, url: apart.url }),
      homeOnSlow3G: await count({ ...home, url: product.url, network: slow3G }),
      homeOfTwoOriginsOnSlow3G: await count({ ...home, url: apart.url, network: slow3G }),
      listOnSlow3G: await count({ ...list, url: listOf(product.url), network: slow3G }),
      listOfTwoOriginsOnSlow3G: await count({ ...list, url: listOf(apart.url), network: slow3G }),
    }
  } finally {
    await browser.close()
    await apart.close()
    await product.close()
    await rm(folder, { recursive: true, force: true })
  }
}
