import { ok, type Result, refuse } from '../../../ground/result'
import type { Job } from '../../job/rules/job'
import { beginJob } from '../../job/shared/begin-job'
import { toJobView } from '../../job/shared/job-view'
import type { Session } from '../../organisation/rules/session'
import { ticketOf } from '../../photo/shared/upload-ticket'
import type { OutputOf, ParsedInputOf } from '../contract'
import type { CheckedRow, UnitListPorts } from '../ports'
import { cureText, problemText } from '../words'

/** Lists are brought, mended and entered by an admin of the unit that all of it lies below. */
const isAdminOf = ({ memberships }: Session, unitId: string): boolean =>
  memberships.some((seat) => seat.unitId === unitId && seat.role === 'admin')

const toRowView = (row: CheckedRow): OutputOf<'unitList.cure'> => ({
  no: row.no,
  verdict: row.verdict,
  cells: { ...row.cells } as Record<string, string>,
  problem: row.problem && {
    kind: row.problem.kind,
    text: problemText(row.problem),
    cures: row.problem.cures.map((cure) => ({ text: cureText(cure), cure })),
  },
  cure: row.cure,
})

/**
 * Has a list of units looked through; the same command again answers the same job. Refuses `sign-in-required`,
 * `unknown-unit`, `not-allowed`, `file-unknown` (not in a folder that was given to the caller), `too-many-jobs`,
 * `command-reused`.
 */
export const checkList =
  (ports: UnitListPorts) =>
  async (
    session: Session,
    { commandId, unitId, fileId, fileName, columns = [] }: ParsedInputOf<'unitList.check'>,
  ): Promise<Result<OutputOf<'unitList.check'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    if (!(await ports.units.get(unitId))) return refuse('unknown-unit')
    if (!isAdminOf(session, unitId)) return refuse('not-allowed')
    if (ticketOf(ports.keyed, accountId, fileId, now) !== 'valid') return refuse('file-unknown')
    const asked = { accountId, commandId, action: 'unitList.check', kind: 'unit-check', unitId } as const
    const job = await beginJob(ports)({ ...asked, input: { fileId, fileName, columns } }, now)
    return job.ok ? ok(toJobView(job.value)) : job
  }

/** The job by which a list was looked through, where the caller keeps up its unit. */
const checkedBy = async (ports: UnitListPorts, session: Session, jobId: string): Promise<Job | undefined> => {
  const job = await ports.jobs.get(jobId)
  return job?.kind === 'unit-check' && isAdminOf(session, job.unitId) ? job : undefined
}

/** The rows of a list of which the same is said, in their order. Refuses `sign-in-required`, `not-found`. */
export const listRows =
  (ports: UnitListPorts) =>
  async (
    session: Session,
    { jobId, verdict, cursor, limit = 20 }: ParsedInputOf<'unitList.rows'>,
  ): Promise<Result<OutputOf<'unitList.rows'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    if (!(await checkedBy(ports, session, jobId))) return refuse('not-found')
    const [columns, page] = await Promise.all([
      ports.checkedLists.columns(jobId),
      ports.checkedLists.page(jobId, verdict, { limit, ...(cursor ? { cursor } : {}) }),
    ])
    return ok({ columns: [...columns], rows: page.rows.map(toRowView), nextCursor: page.nextCursor })
  }

/** Chooses how a row is mended; sent again it ends alike. Refuses `sign-in-required`, `not-found`. */
export const cureRow =
  (ports: UnitListPorts) =>
  async (
    session: Session,
    { jobId, no, cure }: ParsedInputOf<'unitList.cure'>,
  ): Promise<Result<OutputOf<'unitList.cure'>>> => {
    if (session.accountId === null) return refuse('sign-in-required')
    if (!(await checkedBy(ports, session, jobId))) return refuse('not-found')
    const row = await ports.checkedLists.get(jobId, no)
    if (!row) return refuse('not-found')
    await ports.checkedLists.setCure(jobId, no, cure)
    return ok(toRowView({ ...row, cure }))
  }

/**
 * Has a list entered that was looked through. Refuses `sign-in-required`, `not-found`, `wrong-status` (not looked through
 * to its end), `too-many-jobs`, `command-reused`.
 */
export const importList =
  (ports: UnitListPorts) =>
  async (
    session: Session,
    { commandId, jobId, cures }: ParsedInputOf<'unitList.import'>,
  ): Promise<Result<OutputOf<'unitList.import'>>> => {
    const { accountId, now } = session
    if (accountId === null) return refuse('sign-in-required')
    const checked = await checkedBy(ports, session, jobId)
    if (!checked) return refuse('not-found')
    if (checked.status !== 'done') return refuse('wrong-status')
    const { unitId } = checked
    const asked = { accountId, commandId, action: 'unitList.import', kind: 'unit-import', unitId } as const
    // It is called by its file wherever it is shown.
    const { fileName = null } = checked.input
    const job = await beginJob(ports)({ ...asked, input: { checkJobId: jobId, cures, fileName } }, now)
    return job.ok ? ok(toJobView(job.value)) : job
  }
