import { randomBytes } from 'node:crypto'
import type tcb from '@cloudbase/node-sdk'
import type { UnitLevel } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { seatRepository, unitRepository } from '../../cloudfunctions/contexts/organisation/store'
import { inviteFirstAdmins, type SetUp } from '../../cloudfunctions/contexts/people/shared/first-admins'
import { invitationRepository } from '../../cloudfunctions/contexts/people/store'
import { presentShapes } from '../../cloudfunctions/entrypoints/shapes'
import type { Keyed } from '../../cloudfunctions/ground/keyed'
import { openDatabase } from '../../cloudfunctions/platform/cloudbase/database'
import { openShapedStore } from '../../cloudfunctions/platform/cloudbase/shaped-store'
import { sha256 } from '../../cloudfunctions/platform/digest'

/** What the areas down to a banner are called, where the environment does not know them yet. */
export interface AreaNames {
  readonly league: string
  readonly banner: string
}

export interface SettingUp {
  /** The code of the banner, of a league or of the region. */
  readonly unitId: string
  readonly names: readonly [string, string]
  readonly isAgain: boolean
  readonly isOneMore: boolean
  /** Absent: the banner is there, or nothing is done. */
  readonly areas?: AreaNames
}

/** The codes of the statistical office: a banner's own six digits, its league's first four, the region's first two. */
const bannerCode = /^(\d\d)(\d\d)(\d\d)$/

/** The committees from the region down to the banner; undefined where it is no code of a banner. */
const pathOf = (bannerId: string, { league, banner }: AreaNames) => {
  const [, region = '', ofLeague = '', ofBanner = ''] = bannerCode.exec(bannerId) ?? []
  if (region !== '15') return undefined
  const places: readonly (readonly [id: string, level: UnitLevel, areaName: string, name: string])[] = [
    [region, 'region', '内蒙古自治区', '内蒙古自治区党委'],
    [`${region}${ofLeague}`, 'league', league, `${league}委`],
    [`${region}${ofLeague}${ofBanner}`, 'banner', banner, `${banner}委`],
  ]
  return places.map(([_id, level, areaName, name], place) => ({
    _id,
    areaCode: _id,
    name,
    areaName,
    kind: 'committee',
    level,
    parentId: places[place - 1]?.[0] ?? null,
    path: places.slice(0, place + 1).map(([id]) => id),
  }))
}

/**
 * Sets a banner up in an environment, as its owner: two one-time codes for its first two admins. Units that are there
 * stay as they are; those that are missing on the path are added in the shape that imports have, which whoever meets
 * them first brings home.
 */
export const setUpBanner = async (
  app: ReturnType<typeof tcb.init>,
  keyed: Keyed,
  { areas, ...asked }: SettingUp,
  now: number,
): Promise<SetUp> => {
  const database = openDatabase(app.database())
  const store = openShapedStore(database, presentShapes(database, { keyed, sha256 }))
  if (areas) await database.addMissing('units', pathOf(asked.unitId, areas) ?? [])
  return inviteFirstAdmins({
    units: unitRepository(store),
    seats: seatRepository(store),
    invitations: invitationRepository(store),
    keyed,
  })({ ...asked, secretSeed: randomBytes(32).toString('hex') }, now)
}
