import { createHmac } from 'node:crypto'
import type { Photo } from '../../../cloudfunctions/contexts/photo/ports'
import { givePhotos, photoUse } from '../../../cloudfunctions/contexts/photo/shared/attach-photos'
import { findOwnPhotos, ownerOf } from '../../../cloudfunctions/contexts/photo/shared/own-photos'
import { ok } from '../../../cloudfunctions/ground/result'
import { mondayAt } from '../../support/builders'
import { somePorts } from '../../support/some-ports'
import { openKeptBuckets } from '../limits/kept-buckets'

const keyed = (text: string): string => createHmac('sha256', 'of these tests').update(text).digest('hex')
const account = 'wx:resident'

const aPhoto = (id: string, accountId = account): Photo => ({
  id,
  owner: ownerOf(keyed, id, accountId),
  usedIn: null,
  fileId: `cloud://local/photos/${id}.jpg`,
  thumbFileId: `cloud://local/photos/${id}.thumb.jpg`,
  width: 60,
  height: 40,
  bytes: 1,
  admittedAt: mondayAt,
})

const openStore = (...photos: readonly Photo[]) => {
  const stored = new Map(photos.map((photo) => [photo.id, photo]))
  const evidence = new Set<string>()
  let copies = 0
  const { limits } = openKeptBuckets()
  const ports = somePorts({
    keyed,
    limits,
    photos: {
      getMany: async (ids) => ids.flatMap((id) => stored.get(id) ?? []),
      claimAll: async (ids, use) => {
        const free = ids.flatMap((id) => stored.get(id) ?? []).filter(({ usedIn }) => usedIn === null)
        for (const photo of free) stored.set(photo.id, { ...photo, usedIn: use })
        return free.length === ids.length
      },
      claim: async ({ id }, use, isEvidence) => {
        const photo = stored.get(id)
        if (!photo) throw new Error(`no photo ${id}`)
        if (photo.usedIn === null) {
          stored.set(id, { ...photo, usedIn: use })
          if (isEvidence) evidence.add(id)
        }
        return photo.usedIn ?? use
      },
      copy: async (photo, as, isEvidence) => {
        if (stored.has(as.id)) return
        copies += 1
        stored.set(as.id, { ...photo, ...as })
        if (isEvidence) evidence.add(as.id)
      },
    },
  })
  const findPhotos = findOwnPhotos(ports)
  const attach = async (
    ids: readonly string[],
    accountId: string,
    use: string,
    evidence?: readonly string[],
  ) => {
    const own = await findPhotos({ ids, accountId, use, now: mondayAt })
    return own.ok ? ok(await givePhotos(ports)(own.value, accountId, use, evidence)) : own
  }
  return { attach, stored, evidence, copies: () => copies }
}

const idsOf = async (
  answer: ReturnType<ReturnType<typeof openStore>['attach']>,
): Promise<readonly string[]> => {
  const result = await answer
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

const [first, second] = [photoUse('r1', 'c1'), photoUse('r2', 'c2')]

describe('a photograph that is used', () => {
  test('once is not copied', async () => {
    const { attach, stored, copies } = openStore(aPhoto('pa'), aPhoto('pb'))
    expect(await idsOf(attach(['pb', 'pa'], account, first))).toEqual(['pb', 'pa'])
    expect(copies()).toBe(0)
    expect(stored.get('pa')?.usedIn).toBe(first)
  })

  test('in two reports has two ids that say nothing of one another, in the order they were asked for', async () => {
    const { attach, stored } = openStore(aPhoto('pa'), aPhoto('pb'))
    await idsOf(attach(['pa'], account, first))
    const [copy = '', original] = await idsOf(attach(['pa', 'pb'], account, second))
    expect(original).toBe('pb')
    expect(copy).toMatch(/^p[0-9a-f]{24}$/)
    expect(stored.get(copy)).toMatchObject({ usedIn: second, owner: ownerOf(keyed, copy, account) })
    const keyedOtherwise = (text: string) => createHmac('sha256', 'another').update(text).digest('hex')
    expect(copy).not.toContain(keyedOtherwise(`photo-use|pa|${second}`).slice(0, 24))
    const { id: _id, owner, ...rest } = stored.get('pa') as Photo
    expect(JSON.stringify({ copyOwner: stored.get(copy)?.owner, copy })).not.toContain(owner)
    expect(rest.usedIn).toBe(first)
  })

  test('twice in one report, in two steps, has two ids as well', async () => {
    const { attach } = openStore(aPhoto('pa'))
    const one = await idsOf(attach(['pa'], account, photoUse('r1', 'c1')))
    const other = await idsOf(attach(['pa'], account, photoUse('r1', 'c2')))
    expect(other).not.toEqual(one)
  })

  test('has the same ids however often the command arrives, whoever was first', async () => {
    const { attach, copies } = openStore(aPhoto('pa'))
    const [one, other] = [
      await idsOf(attach(['pa'], account, first)),
      await idsOf(attach(['pa'], account, second)),
    ]
    for (const _again of [1, 2]) {
      expect(await idsOf(attach(['pa'], account, second))).toEqual(other)
      expect(await idsOf(attach(['pa'], account, first))).toEqual(one)
    }
    expect(copies()).toBe(1)
  })

  test('by two reports at once is kept by one of them and copied by the other', async () => {
    const { attach, copies } = openStore(aPhoto('pa'))
    const uses = Array.from({ length: 5 }, (_, at) => photoUse(`r${at}`, 'c'))
    const ids = (await Promise.all(uses.map((use) => idsOf(attach(['pa'], account, use))))).flat()
    expect(new Set(ids).size).toBe(5)
    expect(ids.filter((id) => id === 'pa')).toHaveLength(1)
    expect(copies()).toBe(4)
  })

  test('twice in one list is one use', async () => {
    const { attach } = openStore(aPhoto('pa'))
    await idsOf(attach(['pa'], account, first))
    const [one, other] = await idsOf(attach(['pa', 'pa'], account, second))
    expect(one).toBe(other)
  })

  test('as evidence is found as such, the original and the copy', async () => {
    const { attach, evidence } = openStore(aPhoto('pa'), aPhoto('pb'))
    await idsOf(attach(['pa', 'pb'], account, first, ['pa']))
    expect([...evidence]).toEqual(['pa'])
    const [copy = ''] = await idsOf(attach(['pa'], account, second, ['pa']))
    expect([...evidence]).toEqual(['pa', copy])
  })
})

test.each([
  ['somebody else’s', ['pa', 'stolen']],
  ['unknown', ['pa', 'p000']],
  ['a copy that another account got', ['stolen']],
])('photographs of which one is %s are refused, and nothing changes', async (_which, ids) => {
  const { attach, stored } = openStore(aPhoto('pa'), aPhoto('stolen', 'wx:neighbour'))
  const before = [...stored.values()]
  expect(await attach(ids, account, first)).toMatchObject({ ok: false, error: { code: 'photo-unknown' } })
  expect([...stored.values()]).toEqual(before)
})

test('a photograph that is used again and again takes as many bytes as if it were sent again, and none for the first use or a step sent twice', async () => {
  const megabyte = 1024 * 1024
  const { attach, copies } = openStore(
    { ...aPhoto('pa'), bytes: megabyte },
    { ...aPhoto('pb'), bytes: megabyte },
  )
  await idsOf(attach(['pa'], account, first))
  // Three hundred of them are a day's.
  for (let no = 0; no < 300; no += 1) await idsOf(attach(['pa'], account, photoUse('r2', `c${no}`)))
  expect(copies()).toBe(300)
  expect(await attach(['pa'], account, photoUse('r2', 'one too many'))).toMatchObject({
    error: { code: 'too-many' },
  })
  expect(copies()).toBe(300)
  await idsOf(attach(['pa'], account, photoUse('r2', 'c299')))
  await idsOf(attach(['pb'], account, photoUse('r3', 'c1')))
})
