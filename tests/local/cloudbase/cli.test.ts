import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkCloudConfig, checkDatabaseConfig } from '../../../local/cloudbase/ground/config-check'
import { opened } from '../../support/opened'
import { aDatabase, openSdk } from './a-cloud'

const root = path.join(__dirname, '../../..')
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'alone-'))
  await writeFile(path.join(folder, 'functions.json'), '{"functions":[]}')
  await writeFile(path.join(folder, 'database.json'), JSON.stringify(aDatabase))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly said: string
  readonly complained: string
}

/** The command alone; `onReady` is told the address, and it is ended when that is done. */
const command = (
  options: Readonly<Record<string, string>>,
  onReady: (url: string) => Promise<void> = async () => {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const all = {
      port: '0',
      data: path.join(folder, 'data'),
      config: path.join(folder, 'functions.json'),
      database: path.join(folder, 'database.json'),
      ...options,
    }
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])
    const child = spawn(process.execPath, ['--import', 'tsx', 'local/cloudbase/cli.ts', ...words], {
      cwd: root,
    })
    const killed = opened(() => child.kill('SIGKILL'))
    let [said, complained] = ['', '']
    child.stderr.on('data', (chunk: Buffer) => {
      complained += chunk
    })
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const url = /^ready (\S+)\n/.exec(said)?.[1]
      if (url)
        onReady(url).then(
          () => child.kill('SIGTERM'),
          (error: unknown) => {
            child.kill('SIGKILL')
            reject(error)
          },
        )
    })
    child.once('close', (code) => void killed().then(() => resolve({ code, said, complained })))
  })

test('the cloud starts alone, says where it is and nothing else, and what it took is there the next time', async () => {
  const works = (url: string) => openSdk(url).database().collection('works')
  const first = await command({}, async (url) => {
    await works(url).add({ _id: 'a', n: 1 })
  })
  expect(first).toMatchObject({ code: 0, complained: '' })
  expect(first.said).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/admin\n$/)
  const second = await command({}, async (url) => {
    expect((await works(url).doc('a').get()).data).toEqual([{ _id: 'a', n: 1 }])
  })
  expect(second.code).toBe(0)
})

test('what it cannot start with is said in one line, and nothing is touched', async () => {
  const broken = path.join(folder, 'broken.json')
  await writeFile(broken, '{"collections": [')
  const corrupt = path.join(folder, 'corrupt')
  await mkdir(corrupt)
  await writeFile(path.join(corrupt, 'database.sqlite'), 'no database at all '.repeat(100))
  const other = createServer()
  const closeOther = opened(() => other.close())
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const taken = String((other.address() as AddressInfo).port)
  const refusals: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ port: 'any' }, '--port is a whole number'],
    [{ port: taken }, `port ${taken} is in use`],
    [{ data: corrupt }, 'cannot be opened (file is not a database); move it away'],
    [{ config: path.join(folder, 'none.json') }, 'none.json cannot be read: name another file with --config'],
    [{ database: broken }, 'broken.json is not JSON'],
    [
      { database: path.join(folder, 'functions.json') },
      'the database configuration: collections must be a list',
    ],
    [{ signatures: 'maybe' }, '--signatures is ignore or check'],
    [{ colour: 'red' }, 'colour'],
  ]
  for (const [options, words] of refusals) {
    const { code, said, complained } = await command(options)
    expect([code, said, complained.trim().split('\n').length]).toEqual([1, '', 1])
    expect(complained).toContain(words)
  }
  await closeOther()
  expect(await readFile(path.join(corrupt, 'database.sqlite'), 'utf8')).toBe(
    'no database at all '.repeat(100),
  )
})

describe('a configuration', () => {
  const anIndex = (change: object) => ({
    collections: [
      {
        CollectionName: 'works',
        AclTag: 'ADMINONLY',
        CreateIndexes: [
          {
            IndexName: 'one',
            MgoKeySchema: { MgoIsUnique: false, MgoIndexKeys: [{ Name: 'a', Direction: '1' }], ...change },
          },
        ],
      },
    ],
    storage: { AclTag: 'ADMINONLY' },
  })

  test.each([
    [[], 'must be an object'],
    [{ collections: {} }, 'collections must be a list'],
    [{ collections: [{ CreateIndexes: [] }] }, 'collections[0].CollectionName must be a name'],
    [{ collections: [{ CollectionName: 'a' }, { CollectionName: 'a' }] }, 'names a twice'],
    [anIndex({ MgoIndexKeys: [] }), 'CreateIndexes[0] needs a field'],
    [anIndex({ MgoIsUnique: 'no' }), 'MgoIsUnique must be true or false'],
    [anIndex({ MgoIndexKeys: [{ Name: 'a', Direction: 'up' }] }), 'Direction must be one of 1, -1, 2dsphere'],
    [anIndex({ MgoIndexKeys: [{ Direction: '1' }] }), 'MgoIndexKeys[0].Name must be a name'],
  ])('of the database that cannot be used says where and why: %j', (config, words) => {
    expect(() => checkDatabaseConfig(config)).toThrow(words)
  })

  test.each([
    [{ functions: 'api' }, 'functions must be a list'],
    [{ functions: [{}] }, 'functions[0].name must be a name'],
    [{ functions: [{ name: '../api' }] }, 'functions[0].name must be a name, not "../api"'],
    [{ functions: [{ name: 'api', handler: '../x.main' }] }, 'functions[0].handler must be a name'],
    [{ functions: [{ name: 'api', timeout: 0 }] }, 'functions[0].timeout must be a positive number'],
    [{ functions: [{ name: 'api', envVariables: { A: 1 } }] }, 'envVariables.A must be a text'],
    [
      { functions: [{ name: 'api', triggers: [{ name: 'a', type: 'cos' }] }] },
      'triggers[0].type must be timer',
    ],
    [{ functions: [{ name: 'api' }, { name: 'api' }] }, 'names api twice'],
  ])('of functions that cannot be used says where and why: %j', (config, words) => {
    expect(() => checkCloudConfig(config)).toThrow(words)
  })

  test('fills in the variables of whoever deploys, and names the one that is missing', () => {
    const config = { functions: [{ name: 'api', envVariables: { KEY: '{{env.KEY}}', A: 'a {{ env.B }}' } }] }
    const [api] = checkCloudConfig(config, { KEY: 'k', B: 'b' }).functions
    expect(api?.envVariables).toEqual({ KEY: 'k', A: 'a b' })
    for (const B of [undefined, ''])
      expect(() => checkCloudConfig(config, { KEY: 'k', B })).toThrow(
        'envVariables.A needs B, which is not set',
      )
  })

  test('takes the platform’s defaults where it says nothing', () => {
    expect(checkCloudConfig({ functions: [{ name: 'api' }] }).functions).toEqual([
      { name: 'api', handler: 'index.main', runtime: 'Nodejs18.15', timeout: 5, memorySize: 256 },
    ])
    const { collections } = checkDatabaseConfig({ collections: [{ CollectionName: 'a', AclTag: 'PRIVATE' }] })
    expect(collections).toEqual([{ CollectionName: 'a', AclTag: 'PRIVATE', CreateIndexes: [] }])
  })
})
