import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Ports } from '../../use-cases/ports'
import { type CalendarLog, calendarRepository } from './calendar-repository'
import { type Cloud, openDatabase, type Store } from './database'
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

/** Every repository that needs no more than the database. */
export const repositories = (store: Store, log: CalendarLog) => ({
  reports: reportRepository(store),
  participants: participantRepository(store),
  units: unitRepository(store),
  grid: gridRepository(store),
  redFaceEntries: redFaceRepository(store),
  ledger: ledgerRepository(store),
  inbox: inboxRepository(store),
  coverageGaps: coverageGapRepository(store),
  ruleBooks: ruleBookRepository(store, log),
  calendars: calendarRepository(store, log),
  limits: limitRepository(store),
})

/** Everything the use cases need, over one CloudBase app. Throws when the function's environment lacks its secret. */
export const cloudPorts = (cloud: Cloud): Ports => {
  const { secret } = readEnvironment()
  const store = openDatabase(cloud.database())
  return {
    ...repositories(store, console),
    photos: photoRepository(store, cloud),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    keyed: keyedWith(secret),
    newSalt: () => randomBytes(16).toString('hex'),
    draw: (limit) => randomInt(limit),
  }
}
