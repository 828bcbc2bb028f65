import { createHmac } from 'node:crypto'
import type { Membership } from '../../../cloudfunctions/contexts/organisation/rules/unit'
import type { Photo } from '../../../cloudfunctions/contexts/photo/ports'
import {
  type AdmitPhotoPorts,
  admitPhoto,
} from '../../../cloudfunctions/contexts/photo/use-cases/admit-photo'
import { givePhotoTicket } from '../../../cloudfunctions/contexts/photo/use-cases/photo-ticket'
import { hourMs } from '../../../cloudfunctions/ground/instant'
import { ok, refuse } from '../../../cloudfunctions/ground/result'
import { aMembership, branch, mondayAt } from '../../support/builders'
import { openKeptBuckets } from '../limits/kept-buckets'

const keyed = (text: string): string => createHmac('sha256', 'of these tests').update(text).digest('hex')
const sessionOf = (accountId: string, now = mondayAt) => ({
  accountId,
  memberships: [] as readonly Membership[],
  everyMembership: [],
  unitsAbove: [],
  now,
})
const session = sessionOf('wx:resident')

const uploadedBy = async (accountId: string, at = mondayAt): Promise<string> => {
  const ticket = await givePhotoTicket({ keyed })(sessionOf(accountId, at), {})
  if (!ticket.ok) throw new Error(ticket.error.code)
  return `cloud://local.bucket/${ticket.value.folder}/6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d.jpg`
}

const clean = {
  full: new Uint8Array(1),
  thumb: new Uint8Array(1),
  width: 60,
  height: 40,
  digest: { exact: '0'.repeat(64), grey: '0'.repeat(2048) },
}

/** A store and what was done with its files. */
const openStore = (overrides: Partial<AdmitPhotoPorts> = {}) => {
  const photos = new Map<string, Photo>()
  const touched: string[] = []
  const ports: AdmitPhotoPorts = {
    keyed,
    limits: openKeptBuckets().limits,
    cleanPhoto: async () => ok(clean),
    photos: {
      getMany: async (ids) => ids.flatMap((id) => photos.get(id) ?? []),
      add: async (photo) => {
        photos.set(photo.id, photo)
      },
      urls: async (ids) => new Map(ids.map((id) => [id, { url: `https://photo/${id}`, thumbUrl: '' }])),
    },
    files: {
      download: async (fileId) => {
        touched.push(`read ${fileId}`)
        return new Uint8Array(1)
      },
      upload: async (path) => path,
      remove: async (fileIds) => {
        for (const fileId of fileIds) touched.push(`removed ${fileId}`)
      },
    },
    ...overrides,
  }
  return { ports, photos, touched }
}

describe('a photograph whose file has gone', () => {
  const whileAnotherCallAdmits = (isAdmitted: boolean): AdmitPhotoPorts => {
    const { ports } = openStore()
    let wanted = ''
    return {
      ...ports,
      photos: {
        ...ports.photos,
        getMany: async (ids) => {
          wanted = ids[0] ?? ''
          return ports.photos.getMany(ids)
        },
      },
      files: {
        ...ports.files,
        download: async () => {
          const admitted = { owner: '', usedIn: null, fileId: 'full', thumbFileId: 'thumb' }
          const size = { width: 60, height: 40, bytes: 1 }
          if (isAdmitted) await ports.photos.add({ id: wanted, ...admitted, ...size, admittedAt: mondayAt })
          return undefined
        },
      },
    }
  }

  test('because the same call, sent twice, has taken it in, is answered as by the other one', async () => {
    const fileId = await uploadedBy('wx:resident')
    const answer = await admitPhoto(whileAnotherCallAdmits(true))(session, { fileId })
    expect(answer).toMatchObject({ ok: true, value: { width: 60, height: 40 } })
  })

  test('for any other reason is unknown', async () => {
    const fileId = await uploadedBy('wx:resident')
    const answer = await admitPhoto(whileAnotherCallAdmits(false))(session, { fileId })
    expect(answer).toMatchObject({ ok: false, error: { code: 'photo-unknown' } })
  })
})

describe('an uploaded file belongs to who uploaded it', () => {
  test('nobody else makes it theirs, and it stays where it is', async () => {
    const { ports, photos, touched } = openStore()
    const fileId = await uploadedBy('wx:resident')
    for (const thief of ['wx:neighbour', 'wx:resident2', 'custom:resident', '']) {
      expect(await admitPhoto(ports)(sessionOf(thief), { fileId })).toMatchObject({
        ok: false,
        error: { code: 'photo-unknown' },
      })
    }
    expect(touched).toEqual([])
    expect(photos.size).toBe(0)
    expect(await admitPhoto(ports)(session, { fileId })).toMatchObject({ ok: true })
  })

  test('also when it is one the pipeline refuses: only its owner’s call deletes it', async () => {
    const { ports, touched } = openStore({ cleanPhoto: async () => refuse('photo-broken') })
    const fileId = await uploadedBy('wx:resident')
    await admitPhoto(ports)(sessionOf('wx:neighbour'), { fileId })
    expect(touched).toEqual([])
    expect(await admitPhoto(ports)(session, { fileId })).toMatchObject({ error: { code: 'photo-broken' } })
    expect(touched).toEqual([`read ${fileId}`, `removed ${fileId}`])
  })

  test('a folder whose name was changed anywhere is nobody’s', async () => {
    const { ports, touched } = openStore()
    const fileId = await uploadedBy('wx:resident')
    const start = fileId.indexOf('incoming/') + 'incoming/'.length
    for (let at = start; fileId[at] !== '/'; at += 1) {
      const other = fileId[at] === '1' ? '2' : '1'
      const changed = `${fileId.slice(0, at)}${other}${fileId.slice(at + 1)}`
      expect(await admitPhoto(ports)(session, { fileId: changed })).toMatchObject({ ok: false })
    }
    const name = fileId.slice(fileId.lastIndexOf('/'))
    for (const folder of ['incoming', 'photos', 'incoming/-', 'incoming/../photos']) {
      const elsewhere = `cloud://local.bucket/${folder}${name}`
      expect(await admitPhoto(ports)(session, { fileId: elsewhere })).toMatchObject({ ok: false })
    }
    expect(touched).toEqual([])
  })

  test('for two hours; a photo that was taken in meanwhile is answered again later', async () => {
    const { ports } = openStore()
    const [inTime, late] = [await uploadedBy('wx:resident'), await uploadedBy('wx:resident', mondayAt + 1)]
    const admitted = await admitPhoto(ports)(sessionOf('wx:resident', mondayAt + 2 * hourMs - 1), {
      fileId: inTime,
    })
    expect(admitted).toMatchObject({ ok: true })
    const after = sessionOf('wx:resident', mondayAt + 2 * hourMs + 1)
    expect(await admitPhoto(ports)(after, { fileId: late })).toMatchObject({
      error: { code: 'photo-unknown' },
    })
    expect(await admitPhoto(ports)(after, { fileId: inTime })).toEqual(admitted)
  })

  test('and what is kept of it names no account and links no two photographs', async () => {
    const { ports, photos } = openStore()
    for (const at of [mondayAt, mondayAt + 1])
      await admitPhoto(ports)(session, { fileId: await uploadedBy('wx:resident', at) })
    const [one, other] = [...photos.values()]
    expect(JSON.stringify([one, other])).not.toContain('wx:resident')
    expect(one?.owner).not.toBe(other?.owner)
  })

  test('a ticket is given to whoever has signed in', async () => {
    const answer = await givePhotoTicket({ keyed })(
      { accountId: null, memberships: [], everyMembership: [], unitsAbove: [], now: mondayAt },
      {},
    )
    expect(answer).toMatchObject({ ok: false, error: { code: 'sign-in-required' } })
  })
})

describe('the bytes that one account may have taken in', () => {
  const megabytes = (count: number) => new Uint8Array(count * 1024 * 1024)
  const admitting = (size: number, limits = openKeptBuckets().limits) => {
    const { ports, touched } = openStore({ limits })
    const admit = admitPhoto({ ...ports, files: { ...ports.files, download: async () => megabytes(size) } })
    return async (person: ReturnType<typeof sessionOf>) => {
      const fileId = (await uploadedBy(person.accountId, person.now)).replace('6f1b2c3d', hex())
      return { answer: await admit(person, { fileId }), fileId, touched }
    }
  }
  let no = 0
  const hex = (): string => {
    no += 1
    return no.toString(16).padStart(8, '0')
  }

  test('are three hundred megabytes at once; more is refused, and the file does not stay', async () => {
    const admit = admitting(20)
    for (let count = 0; count < 15; count += 1) expect((await admit(session)).answer.ok).toBe(true)
    const { answer, fileId, touched } = await admit(session)
    expect(answer).toMatchObject({ ok: false, error: { code: 'too-many' } })
    expect(touched).toContain(`removed ${fileId}`)
    expect((await admit(sessionOf('wx:neighbour'))).answer.ok).toBe(true)
  })

  test('are more for whoever works somewhere, and come back within a day', async () => {
    const { limits } = openKeptBuckets()
    const admit = admitting(20, limits)
    const clerk = { ...session, memberships: [aMembership(branch, 'secretary')] }
    for (let count = 0; count < 100; count += 1) expect((await admit(clerk)).answer.ok).toBe(true)
    for (let count = 0; count < 15; count += 1) await admit(session)
    expect((await admit(session)).answer.ok).toBe(false)
    expect((await admit(sessionOf('wx:resident', mondayAt + 24 * hourMs))).answer.ok).toBe(true)
  })
})
