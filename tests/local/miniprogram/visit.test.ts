import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { visitProgram } from '../../checks/visited-program'
import { writeFiles } from './a-mini-program'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'visited-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('every page of a program is opened, tapped and pictured, and what is wrong is told once', async () => {
  await writeFiles(folder, {
    'app.json': { pages: ['pages/a', 'pages/b'], subPackages: [{ root: 'more', pages: ['c'] }] },
    'app.js': 'App({})',
    'pages/a.wxml': '<button bindtap="leave">b</button><button bindtap="ask">ask</button>',
    'pages/a.js':
      "Page({ leave() { wx.navigateTo({ url: '/pages/b' }) }, ask() { wx.showModal({ title: 't', success() {} }) } })",
    'pages/b.wxml': '<view bindtap="none">x</view>',
    'pages/b.js': 'Page({})',
    'more/c.wxml': 'x',
    'more/c.js': "Page({ onLoad() { throw new Error('broken') } })",
  })
  const pictures = path.join(folder, '.pictures')
  const visited = await visitProgram({ folder, taps: 4, pictures, answerMs: 180_000 })
  expect(visited).toMatchObject({
    pages: 3,
    opened: 3,
    tapped: 3,
    refused: [],
    errors: [expect.stringContaining('PAGE_FAILED: page more/c: file more/c.js: onLoad: Error: broken')],
    warnings: [expect.stringContaining('HANDLER_MISSING: page pages/b')],
  })
  expect(await readdir(pictures)).toEqual(['more-c.png', 'pages-a.png', 'pages-b.png'])
})

test('a program that WeChat would not take is not visited', async () => {
  await writeFiles(folder, { 'app.json': { pages: ['pages/a'] } })
  await expect(visitProgram({ folder, taps: 1 })).rejects.toThrow('PAGE_MISSING')
})
