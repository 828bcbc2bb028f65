import { randomBytes, randomInt } from 'node:crypto'
import { type CalendarLog, calendarRepository } from '../contexts/calendar/store'
import { followUnits } from '../contexts/co-building/shared/follow-units'
import { bondRepository, partnershipBondRepository } from '../contexts/co-building/store'
import { figuresRepository } from '../contexts/figures/store'
import { gridRepository } from '../contexts/grid/store'
import { jobRepository } from '../contexts/job/store'
import { limitRepository } from '../contexts/limits/store'
import { inboxRepository } from '../contexts/notice/store'
import { unitChangeRepository, unitKeepingRepository } from '../contexts/organisation/keeping-store'
import { seatRepository, unitRepository } from '../contexts/organisation/store'
import { invitationRepository } from '../contexts/people/store'
import { photoRepository } from '../contexts/photo/store'
import { ledgerRepository } from '../contexts/red-face/ledger-store'
import { redFaceRepository } from '../contexts/red-face/store'
import { numberReports } from '../contexts/report/shared/number-reports'
import {
  participantRepository,
  receiptRepository,
  reportRepository,
  traceRepository,
} from '../contexts/report/store'
import { coverageGapRepository } from '../contexts/routing/store'
import { ruleBookRepository } from '../contexts/rule-book/store'
import { signInRepository, webSessionRepository } from '../contexts/sign-in/store'
import { checkedListRepository } from '../contexts/unit-list/store'
import { clockMemory } from '../platform/cloudbase/clock-memory'
import { type Cloud, type CollectionName, openDatabase, type Store } from '../platform/cloudbase/database'
import { dutyMemory } from '../platform/cloudbase/duty-memory'
import { keyedWith, readEnvironment } from '../platform/cloudbase/environment'
import { readWhole } from '../platform/cloudbase/long-documents'
import { openShapedStore, type ShapedStore } from '../platform/cloudbase/shaped-store'
import { sha256 } from '../platform/digest'
import { presentShapes } from './shapes'

/** Where that lies for which documents of a collection have no room. */
export const sheetsOf = {
  reports: 'report_sheets',
  figure_rows: 'figure_row_sheets',
  unit_changes: 'unit_change_sheets',
  jobs: 'job_sheets',
  bonds: 'bond_sheets',
} as const

/** The database of one CloudBase app. Throws when the function's environment lacks its secret. */
export const cloudStore = (cloud: Cloud): ShapedStore => {
  const store = readWhole<CollectionName>(openDatabase(cloud.database()), sheetsOf)
  return openShapedStore(store, presentShapes(store, { keyed: keyedWith(readEnvironment().secret), sha256 }))
}

/** Every repository that needs no more than the database. */
export const repositories = (store: Store, log: CalendarLog) => {
  const bonds = { partnershipBonds: partnershipBondRepository(store), otherBonds: bondRepository(store) }
  return {
    ...bonds,
    unitBonds: followUnits(bonds),
    reports: reportRepository(store),
    participants: participantRepository(store),
    receipts: receiptRepository(store),
    traces: traceRepository(store),
    units: unitRepository(store),
    unitKeeping: unitKeepingRepository(store),
    unitChanges: unitChangeRepository(store),
    seats: seatRepository(store),
    invitations: invitationRepository(store),
    grid: gridRepository(store),
    redFaceEntries: redFaceRepository(store),
    ledger: ledgerRepository(store),
    inbox: inboxRepository(store),
    coverageGaps: coverageGapRepository(store),
    ruleBooks: ruleBookRepository(store, log),
    calendars: calendarRepository(store, log),
    limits: limitRepository(store),
    figures: figuresRepository(store),
    jobs: jobRepository(store),
    checkedLists: checkedListRepository(store),
    signIns: signInRepository(store),
    webSessions: webSessionRepository(store),
    dutyMemory: dutyMemory(store),
    deadlineMemory: clockMemory(store, 'deadlines'),
    outboxMemory: clockMemory(store, 'outboxes'),
    invitationDueMemory: clockMemory(store, 'invitations due'),
    invitationOutboxMemory: clockMemory(store, 'outboxes of invitations'),
    seatDueMemory: clockMemory(store, 'seats due'),
    seatOutboxMemory: clockMemory(store, 'outboxes of seats'),
    unitMemory: clockMemory(store, 'units'),
  }
}

/** Everything the use cases need, over one CloudBase app. Throws when the function's environment lacks its secret. */
export const cloudPorts = (cloud: Cloud, store: ShapedStore = cloudStore(cloud)) => {
  const { secret } = readEnvironment()
  const known = repositories(store, console)
  return {
    ...known,
    photos: photoRepository(store, cloud),
    log: console as { readonly error: (line: string) => void },
    /** Hex SHA-256, for what anybody may check: the ledger's chain. Never of anything that stands for a person. */
    sha256,
    /** Hex HMAC-SHA256 under a secret that is not in the database: for whatever stands for a person. */
    keyed: keyedWith(secret),
    /** 128 random bits in hex, from the environment's source for secrets. */
    newSalt: () => randomBytes(16).toString('hex'),
    /** Never before the work began: machines' clocks differ. */
    timeIn: (began: number) => Math.max(began, Date.now()),
    /** Drawn from the same source. */
    newNumber: numberReports({ reports: known.reports, draw: (limit) => randomInt(limit) }),
  }
}

export type Ports = ReturnType<typeof cloudPorts>
