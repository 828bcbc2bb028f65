import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Unit } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import { dayMs } from '../../../cloudfunctions/ground/instant'
import { secretFile } from '../../../local/product'
import { openTestCloud, type TestCloud, testSecret } from '../../support/cloud'
import { peopleIn } from '../../support/people'

jest.setTimeout(180_000)

const root = path.join(__dirname, '../../..')

let town: TestCloud
let people: ReturnType<typeof peopleIn>
beforeAll(async () => {
  // The command goes by the clock on the wall, and there is nothing in the environment.
  town = await openTestCloud({ startsAt: Date.now(), documents: {} })
  people = peopleIn(town)
  await writeFile(path.join(town.folder, secretFile), testSecret)
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints.splice(0)).toEqual([]))

interface Ended {
  readonly code: number | null
  readonly said: string
  readonly complained: string
  /** What it prints that somebody types in the mini-program. */
  readonly codes: readonly string[]
}

const command = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'local/setup/cli.ts', ...words], { cwd: root })
    let [said, complained] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complained += chunk
    })
    child.once('close', (code) =>
      resolve({ code, said, complained, codes: said.match(/\b[0-9A-Z]{4} [0-9A-Z]{4}\b/g) ?? [] }),
    )
  })
const setUp = (...words: readonly string[]): Promise<Ended> =>
  command('--url', town.cloud.adminUrl, '--data', town.folder, '--banner', '150221', ...words)

const areas = ['--league-name', '包头市', '--banner-name', '土默特右旗'] as const
const rolesOf = async (person: string) =>
  (await town.as(person).get('me.get', {})).memberships.map(({ role, unitName }) => `${unitName} ${role}`)
const comesWith = async (person: string, code: string): Promise<string> => {
  const { id } = await people.see(person, code)
  await people.accept(person, id)
  return id
}

test.each([
  ['nothing', [], 'either --env, or --url and --data'],
  ['an environment without a banner', ['--env', 'production'], '--banner is missing'],
  ['an environment without its key', ['--env', 'production', '--banner', '150221'], 'TENCENTCLOUD_SECRETID'],
  [
    'a site that is no address',
    ['--env', 'production', '--banner', '150221', '--site', 'red'],
    'red is no address',
  ],
  [
    'a folder without data',
    ['--url', 'http://127.0.0.1:1/admin', '--data', 'nowhere', '--banner', '150221'],
    'nowhere is no data folder',
  ],
])('asked for %s it says in one line what is missing', async (_what, words, line) => {
  const { code, complained } = await command(...words, ...(words.length === 0 ? ['--banner', '150221'] : []))
  expect([code, complained.trim().split('\n').length]).toEqual([1, 1])
  expect(complained).toContain(line)
})

test('where there is no such banner nothing is done; with names the committees above it come to be', async () => {
  const refused = await setUp()
  expect([refused.code, refused.complained]).toEqual([1, expect.stringContaining('150221 is no banner here')])
  expect(await town.documents('units')).toEqual([])
  expect(await town.documents('invitations')).toEqual([])

  const done = await setUp(...areas, '--names', '云主任,郝主任')
  expect([done.complained, done.code, done.codes.length]).toEqual(['', 0, 2])
  expect(done.said).toContain('云主任')
  // Each opens where its code is taken, on the web and, by what stands before “#”, in WeChat.
  for (const code of done.codes.map((said) => said.replace(' ', '')))
    expect(done.said).toContain(
      `${new URL(town.cloud.adminUrl).origin}/?invited=${code}#/pages/account/invited?code=${code}`,
    )
  const units = await town.documents<Unit & { readonly _id: string }>('units')
  expect(units.map(({ _id, name, level, parentId }) => [_id, name, level, parentId])).toEqual([
    ['15', '内蒙古自治区党委', 'region', null],
    ['1502', '包头市委', 'league', '15'],
    ['150221', '土默特右旗委', 'banner', '1502'],
  ])
  expect(JSON.stringify(await town.documents('invitations'))).not.toContain(done.codes[0]?.replace(' ', ''))
})

test('the codes are told once: a second set-up waits, and another one takes them back', async () => {
  const waiting = await setUp()
  expect([waiting.code, waiting.codes]).toEqual([1, []])
  expect(waiting.complained).toContain('--again')
  const first = await town.documents<{ readonly status: string }>('invitations')
  expect(first.map(({ status }) => status)).toEqual(['sent', 'sent'])
  const again = await setUp('--again', '--site', 'https://red.example/office/')
  expect(again.codes).toHaveLength(2)
  expect(again.said).toContain(`https://red.example/office/?invited=${again.codes[0]?.replace(' ', '')}#/`)
  const all = await town.documents<{ readonly status: string }>('invitations')
  expect(all.map(({ status }) => status).sort()).toEqual(['sent', 'sent', 'withdrawn', 'withdrawn'])
})

test('each says 就是他 to the other: a code that was intercepted is worthless alone', async () => {
  const { codes } = await setUp('--again')
  const [one, other] = codes
  const ofOne = await comesWith('first', one ?? '')
  const confirm = (person: string, invitationId: string) =>
    people.refused(person, 'people.confirmInvitation', { invitationId })
  expect(await confirm('first', ofOne)).toBe('not-allowed')
  // Nobody has come with the other one: there is nobody who could confirm.
  expect((await town.as('first').get('people.mine', {})).rows).toMatchObject([
    { id: ofOne, actions: expect.not.arrayContaining(['confirm']) },
  ])
  const ofOther = (await people.see('second', other ?? '')).id
  expect(await confirm('second', ofOne)).toBe('not-found')
  await people.accept('second', ofOther, '8802')

  expect((await town.as('first').get('people.mine', {})).rows).toMatchObject([
    { id: ofOther, isForYou: false, actions: expect.arrayContaining(['confirm']), phoneTail: '8802' },
    { id: ofOne, isForYou: true, actions: expect.not.arrayContaining(['confirm']) },
  ])
  await people.confirm('first', ofOther)
  expect([await rolesOf('first'), await rolesOf('second')]).toEqual([[], ['土默特右旗委 admin']])
  await people.confirm('second', ofOne)
  expect(await rolesOf('first')).toEqual(['土默特右旗委 admin'])
})

test('a banner that has admins is set up by them, and never again from outside', async () => {
  for (const words of [[], ['--again'], ['--one-more'], areas]) {
    const { code, codes, complained } = await setUp(...words)
    expect([code, codes]).toEqual([1, []])
    expect(complained).toContain('150221 has 2 admins')
  }
  const sent = await people.invite('first', { unitId: '150221', role: 'clerk', name: '经办' })
  await comesWith('clerk', sent.code)
  await people.confirm('first', sent.id)
  expect(await rolesOf('clerk')).toEqual(['土默特右旗委 clerk'])
})

test('one who is left alone can be given a second, whom they confirm', async () => {
  const seats = await people.seatsOf('first', '150221')
  const other = seats.find((seat) => seat.role === 'admin' && !seat.isYou)
  if (!other) throw new Error('there is no other')
  await town.as('first').get('people.end', { commandId: randomUUID(), seatId: other.id, rev: other.rev })
  expect((await setUp()).complained).toContain('150221 has 1 admin:')
  const { codes, code } = await setUp('--one-more', '--names', '新主任')
  expect([code, codes.length]).toEqual([0, 1])
  const invitationId = await comesWith('third', codes[0] ?? '')
  await people.confirm('first', invitationId)
  expect(await rolesOf('third')).toEqual(['土默特右旗委 admin'])
})

test('where nobody has come within seven days it can be set up anew', async () => {
  const bare = (...words: readonly string[]) => setUp('--banner', '150223', ...words)
  const named = ['--league-name', '包头市', '--banner-name', '达尔罕茂明安联合旗'] as const
  const first = await bare(...named)
  expect(first.codes).toHaveLength(2)
  expect((await bare()).code).toBe(1)
  for (const { _id } of await town.documents<{ readonly _id: string }>('invitations', {
    unitId: '150223',
  } as object))
    await town.meddle('invitations', _id, { expiresAt: Date.now() - dayMs })
  expect((await bare()).codes).toHaveLength(2)
})

test('a league is set up likewise, and who governs less is not', async () => {
  expect((await setUp('--banner', '1502')).codes).toHaveLength(2)
  await town.put('units', [
    {
      _id: '150221100',
      name: '萨拉齐镇党委',
      areaName: '萨拉齐镇',
      kind: 'committee',
      level: 'township',
      parentId: '150221',
      path: ['15', '1502', '150221', '150221100'],
    } as never,
  ])
  const { code, complained } = await setUp('--banner', '150221100')
  expect([code, complained]).toEqual([1, expect.stringContaining('150221100 is no banner here')])
})
