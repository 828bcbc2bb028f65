import { randomBytes, randomInt } from 'node:crypto'
import { calendarRepository } from '../contexts/calendar/store'
import { gridRepository } from '../contexts/grid/store'
import { limitRepository } from '../contexts/limits/store'
import { inboxRepository } from '../contexts/notice/store'
import { unitRepository } from '../contexts/organisation/store'
import { photoRepository } from '../contexts/photo/store'
import { ledgerRepository } from '../contexts/red-face/ledger-store'
import { redFaceRepository } from '../contexts/red-face/store'
import { participantRepository, reportRepository } from '../contexts/report/store'
import { coverageGapRepository } from '../contexts/routing/store'
import { ruleBookRepository } from '../contexts/rule-book/store'
import { type Cloud, openDatabase } from '../platform/cloudbase/database'
import { keyedWith, readEnvironment } from '../platform/cloudbase/environment'
import { openShapedStore, type ShapedStore } from '../platform/cloudbase/shaped-store'
import { sha256 } from '../platform/digest'
import type { Ports } from '../use-cases/ports'
import { shapeHistories } from './shapes'

/** The database of one CloudBase app. Throws when the function's environment lacks its secret. */
export const cloudStore = (cloud: Cloud): ShapedStore => {
  const store = openDatabase(cloud.database())
  return openShapedStore(store, shapeHistories(store, { keyed: keyedWith(readEnvironment().secret), sha256 }))
}

/** Everything the use cases need, over one CloudBase app. Throws when the function's environment lacks its secret. */
export const cloudPorts = (cloud: Cloud, store: ShapedStore = cloudStore(cloud)): Ports => {
  const { secret } = readEnvironment()
  return {
    reports: reportRepository(store),
    participants: participantRepository(store),
    units: unitRepository(store),
    grid: gridRepository(store),
    photos: photoRepository(store, cloud),
    redFaceEntries: redFaceRepository(store),
    ledger: ledgerRepository(store),
    inbox: inboxRepository(store),
    coverageGaps: coverageGapRepository(store),
    ruleBooks: ruleBookRepository(store, console),
    calendars: calendarRepository(store, console),
    limits: limitRepository(store),
    sha256,
    keyed: keyedWith(secret),
    newSalt: () => randomBytes(16).toString('hex'),
    draw: (limit) => randomInt(limit),
  }
}
