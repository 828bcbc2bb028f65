import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Ports } from '../../use-cases/ports'
import { calendarRepository } from './calendar-repository'
import { type Cloud, openDatabase } from './database'
import { keyedWith, readEnvironment } from './environment'
import { ledgerRepository } from './ledger-repository'
import { limitRepository } from './limit-repository'
import { photoRepository } from './photo-repository'
import { participantRepository, reportRepository } from './report-repository'
import {
  coverageGapRepository,
  gridRepository,
  inboxRepository,
  redFaceRepository,
  unitRepository,
} from './repositories'
import { ruleBookRepository } from './rule-book-repository'
import { openShapedStore, type ShapedStore } from './shaped-store'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The database of one CloudBase app. Throws when the function's environment lacks its secret. */
export const cloudStore = (cloud: Cloud): ShapedStore =>
  openShapedStore(openDatabase(cloud.database()), { keyed: keyedWith(readEnvironment().secret), sha256 })

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
