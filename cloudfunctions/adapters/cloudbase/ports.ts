import { createHash, randomBytes } from 'node:crypto'
import type { Ports } from '../../use-cases/ports'
import { chineseCalendar } from '../calendar/chinese-calendar'
import { type Cloud, openDatabase } from './database'
import { ledgerRepository } from './ledger-repository'
import { photoRepository } from './photo-repository'
import { participantRepository, reportRepository } from './report-repository'
import {
  coverageGapRepository,
  gridRepository,
  inboxRepository,
  redFaceRepository,
  ruleBookRepository,
  unitRepository,
} from './repositories'

/** Everything the use cases need, over one CloudBase app. */
export const cloudPorts = (cloud: Cloud): Ports => {
  const store = openDatabase(cloud.database())
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
    ruleBooks: ruleBookRepository(store),
    calendar: chineseCalendar(),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    newSalt: () => randomBytes(16).toString('hex'),
  }
}
