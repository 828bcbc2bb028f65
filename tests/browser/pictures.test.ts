import type { Browser, Page } from 'playwright-core'
import { shootFinished } from '../support/pictures'
import { launchBrowser } from './phone'

/** One black pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64')

describe('a screenshot', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  beforeEach(async () => {
    page = await browser.newPage()
  })
  afterEach(() => page.close())

  /** What the page was like whenever a picture was taken. */
  const shootAndLook = async <T>(look: () => T): Promise<readonly T[]> => {
    const seen: T[] = []
    await shootFinished(page, async () => {
      seen.push(await page.evaluate(look))
      return pixel
    })
    return seen
  }

  test('waits for a picture that is on its way', async () => {
    let answer = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      void page.route('**/late.gif', async (route) => {
        await new Promise<void>((released) => {
          answer = released
          resolve()
        })
        await route.fulfill({ body: pixel, contentType: 'image/gif' })
      })
    })
    await page.setContent('<img src="http://here.test/late.gif" width="40" height="40">', {
      waitUntil: 'commit',
    })
    await asked
    const shot = shootAndLook(() => document.images[0]?.naturalWidth)
    answer()
    await expect(shot).resolves.toEqual([1])
  })

  test('waits for a picture whose address is on its way', async () => {
    await page.setContent('<img width="40" height="40">')
    const shot = shootAndLook(() => document.images[0]?.naturalWidth)
    await page.evaluate(
      (address) => {
        const [first] = document.images
        if (first) first.src = address
      },
      `data:image/gif;base64,${pixel.toString('base64')}`,
    )
    await expect(shot).resolves.toEqual([1])
  })

  test('waits for a skeleton to give way', async () => {
    await page.setContent('<div class="skeleton" style="height: 40px"></div>')
    const shot = shootAndLook(() => document.body.textContent)
    await page.evaluate(() => document.querySelector('.skeleton')?.replaceWith('办理轨迹'))
    await expect(shot).resolves.toEqual(['办理轨迹'])
  })

  test('is refused with a picture that failed, and says which', async () => {
    await page.route('**/gone.gif', (route) => route.fulfill({ status: 404 }))
    await page.setContent('<img src="http://here.test/gone.gif" width="40" height="40">')
    await expect(shootFinished(page, async () => pixel)).rejects.toThrow('gone.gif')
  })

  test('does not mind what is scrolled out of its box', async () => {
    await page.setContent(
      '<div style="height: 50px; overflow: auto"><div style="height: 200px">上报</div><img width="40" height="40"></div>',
    )
    await expect(shootFinished(page, async () => pixel)).resolves.toBe(pixel)
  })

  test('does not mind what is off the screen', async () => {
    await page.route('**/gone.gif', (route) => route.fulfill({ status: 404 }))
    await page.setContent(
      '<div style="height: 5000px">上报</div><div class="skeleton">…</div><img src="http://here.test/gone.gif" width="40" height="40">',
    )
    await expect(shootFinished(page, async () => pixel)).resolves.toBe(pixel)
  })
})
