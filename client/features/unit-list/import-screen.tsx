import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { isOpenJob } from '../../../cloudfunctions/contexts/job/rules/job-kinds'
import type { ListField } from '../../../cloudfunctions/contexts/unit-list/rules/columns'
import type { ListVerdict } from '../../../cloudfunctions/contexts/unit-list/rules/judge-list'
import { BigButton } from '../../components/big-button'
import { Card } from '../../components/card'
import { ErrorState } from '../../components/empty-state'
import { FormFoot } from '../../components/form-foot'
import { Icon } from '../../components/icon'
import { InDraftSlot } from '../../components/in-draft-slot'
import { Pressable } from '../../components/pressable'
import { ProgressBar } from '../../components/progress-bar'
import { Notice } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { instantText } from '../../components/time-text'
import { useNow } from '../../components/use-now'
import { WorkFrame } from '../../components/work-frame'
import { WorkGate } from '../../components/work-gate'
import type { DraftSlot } from '../../services/draft-slot'
import { draftName } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { keepInAddress } from '../../services/navigation'
import { chooseTable, handOut, handOutLabel } from '../../services/table-files'
import { sendTable } from '../../services/tables'
import { toast } from '../../services/toast'
import { useCommand } from '../../services/use-command'
import { useJob } from '../../services/use-job'
import { adminPlaces } from '../../words/admin-places'
import { type JobView, jobStatusWords, jobTitle } from '../../words/job'
import { kindLabels } from '../../words/unit'
import { sampleName, sampleTable } from '../../words/unit-list'
import { useKeptUnit } from '../../words/use-kept-unit'
import { CheckedList } from './checked-list'
import { ColumnsCard } from './columns-card'
import { ImportResult } from './import-result'
import { ResultAside } from './result-aside'
import './import-screen.css'

const title = '导入名单'
const here = 'import'

interface ImportScreenProps {
  readonly unitId?: string | undefined
  readonly jobId?: string | undefined
  /** What was brought before, where nothing is open. */
  readonly before: (unitId: string) => ReactNode
}

/** Brings a list of units: it is looked through, mended with one tap, and entered as far as it can be. */
export function ImportScreen({ unitId, jobId, before }: ImportScreenProps) {
  const kept = useKeptUnit(unitId)
  if (kept.state !== 'ready') return <WorkGate title={title} here={here} lock={kept} />
  const { unit } = kept
  return (
    <InDraftSlot
      key={unit.unitId}
      name={draftName('import', unit.unitId)}
      meanwhile={<WorkGate title={title} here={here} lock={{ state: 'loading' }} />}
    >
      {(slot) => (
        <ImportOf
          unitId={unit.unitId}
          unitName={unit.unitName}
          asked={jobId}
          slot={slot}
          before={before(unit.unitId)}
        />
      )}
    </InDraftSlot>
  )
}

/** The list that is being brought; it is found again on this device. */
interface ImportDraft {
  readonly jobId: string | null
  /** The file, as long as it can be looked through once more, and by which job it was. */
  readonly file: { readonly id: string; readonly name: string; readonly checkedBy: string } | null
}

export type SaidColumns = readonly { readonly header: string; readonly field: ListField | null }[]

interface ImportOfProps {
  readonly unitId: string
  readonly unitName: string
  readonly asked: string | undefined
  readonly slot: DraftSlot
  readonly before: ReactNode
}

function ImportOf({ unitId, unitName, asked, slot, before }: ImportOfProps) {
  const { draft, change } = useDraft<ImportDraft>(slot.name, { jobId: null, file: null })
  const [jobId, setJobId] = useState(asked ?? draft.jobId ?? undefined)
  const [share, setShare] = useState<number>()
  const [trouble, setTrouble] = useState<string>()
  const [tab, setTab] = useState<ListVerdict>()
  const check = useCommand('unitList.check')
  const opened = useJob(jobId)
  const entering = opened.job?.kind === 'unit-import' ? opened.job : undefined
  const looked = useJob(entering ? (entering.ofJobId ?? undefined) : undefined)
  const checked = entering ? looked.job : opened.job

  const go = (id: string | undefined): void => {
    setJobId(id)
    setTrouble(undefined)
    setTab(undefined)
    change({ jobId: id ?? null })
    keepInAddress('importUnits', { unitId, ...(id === undefined ? {} : { jobId: id }) })
  }

  const look = async (file: { readonly id: string; readonly name: string }, columns: SaidColumns) => {
    const outcome = await check.run({ unitId, fileId: file.id, fileName: file.name, columns: [...columns] })
    if (!outcome.ok) return setTrouble(outcome.error.message)
    change({ file: { ...file, checkedBy: outcome.value.id } })
    go(outcome.value.id)
  }

  const choose = async (columns: SaidColumns = []): Promise<void> => {
    setTrouble(undefined)
    const choice = await chooseTable()
    if (!choice.ok) return setTrouble(choice.message)
    if (!choice.table) return
    setShare(0)
    const sent = await sendTable(choice.table, setShare)
    setShare(undefined)
    if (!sent.ok) return setTrouble(sent.error.message)
    await look({ id: sent.value.fileId, name: choice.table.name }, columns)
  }

  const file = draft.file && checked && draft.file.checkedBy === checked.id ? draft.file : undefined
  const recheck = (columns: SaidColumns): void => {
    if (file) void look(file, columns)
    else void choose(columns)
  }

  const isSending = share !== undefined || check.isBusy
  const start = { isSending, share, trouble, onChoose: () => void choose() }
  const frame = (body: ReactNode, aside?: ReactNode, action?: ReactNode) => (
    <WorkFrame
      title={title}
      unitName={unitName}
      places={adminPlaces(unitId)}
      here={here}
      aside={aside}
      action={action}
    >
      {body}
    </WorkFrame>
  )

  if (jobId === undefined)
    return frame(
      <>
        <StartCard {...start} />
        {before}
      </>,
    )
  const { query } = opened
  if (query.state === 'failed') {
    // Lists are forgotten after a while.
    const isGone = query.error.code === 'not-found'
    return frame(
      isGone ? (
        <>
          <Notice tone="waiting" icon="info" title="上次的名单不在了">
            放久了的名单会清掉，请重新选一次文件。
          </Notice>
          <StartCard {...start} />
        </>
      ) : (
        <ErrorState message={query.error.message} onRetry={opened.retry} />
      ),
    )
  }
  if (!checked) return frame(<Skeleton shape="page" />)

  const isLooked = checked.status === 'done'
  const isEntering = entering !== undefined && isOpenJob(entering)
  return frame(
    <>
      <FileCard job={checked} {...start} />
      {isOpenJob(checked) && <Working job={checked} onStopped={() => go(undefined)} />}
      {checked.status === 'failed' && (
        <Failed job={checked}>
          {checked.why?.code === 'table-without-names' && (
            <ColumnsCard jobId={checked.id} isAtHand={file !== undefined} onRecheck={recheck} />
          )}
        </Failed>
      )}
      {checked.status === 'cancelled' && <Failed job={checked} />}
      {isEntering && <Working job={entering} onStopped={() => go(checked.id)} />}
      {entering && !isEntering && <ImportResult job={entering} unitId={unitId} onShow={setTab} />}
      {isLooked && !isEntering && (
        <CheckedList
          key={checked.id}
          job={checked}
          tab={tab}
          onTab={setTab}
          isEntered={entering?.status === 'done'}
          columns={<ColumnsCard jobId={checked.id} isAtHand={file !== undefined} onRecheck={recheck} />}
          onImport={go}
          onLater={() => go(undefined)}
        />
      )}
    </>,
    isLooked ? (
      <ResultAside
        job={checked}
        unitName={unitName}
        isEntered={entering?.status === 'done'}
        onShow={setTab}
      />
    ) : undefined,
  )
}

interface StartProps {
  readonly isSending: boolean
  readonly share: number | undefined
  readonly trouble: string | undefined
  readonly onChoose: () => void
}

/** Kinds as a list writes them. */
const kindsText = [...new Set(Object.values(kindLabels))].join('、')

function Sample() {
  const give = async (): Promise<void> => {
    if (await handOut(sampleName, sampleTable())) toast(`样表好了：${sampleName}`)
  }
  return (
    <View data-test="sample-table">
      <BigButton
        label={`空白样表：${handOutLabel}`}
        icon="download"
        tone="secondary"
        onPress={() => void give()}
      />
    </View>
  )
}

function Sending({ share, trouble, isSending }: Pick<StartProps, 'share' | 'trouble' | 'isSending'>) {
  return (
    <>
      {isSending && (
        <ProgressBar
          label="正在上传"
          share={share}
          text={share === undefined ? '快好了' : `${Math.round(share * 100)}%`}
        />
      )}
      {trouble && (
        <View data-test="import-trouble">
          <Notice tone="alert" icon="circle-alert" title="没有弄成">
            {trouble}
          </Notice>
        </View>
      )}
    </>
  )
}

function StartCard({ isSending, share, trouble, onChoose }: StartProps) {
  return (
    <Card title="用表格建单位">
      <View className="import__start">
        <View>一行一个单位。先看一遍、有错的告诉您怎么改，您点了导入才写进去。</View>
        <View className="import__hint">
          “上级编码”写它上面那个单位的编码；“类别”写{kindsText}。Excel（.xlsx）和 CSV 都行，不要合并单元格。
        </View>
        <Sending isSending={isSending} share={share} trouble={trouble} />
        <View data-test="choose-table">
          <BigButton label="选一个表格" icon="upload" isBusy={isSending} onPress={onChoose} />
        </View>
        <Sample />
      </View>
    </Card>
  )
}

function FileCard({ job, isSending, share, trouble, onChoose }: StartProps & { readonly job: JobView }) {
  const now = useNow()
  const rows = job.result?.rows
  return (
    <Card>
      <View className="import__file">
        <Icon name="file-spreadsheet" size={1.8} />
        <View className="import__name">
          <View className="import__title">{job.fileName}</View>
          <View className="import__hint">
            {rows === undefined ? '' : `${rows}行 · `}
            {instantText(job.begunAt, now)}
          </View>
        </View>
        {!isSending && (
          <Pressable className="import__other" name="other-table" onPress={onChoose}>
            换一个文件
          </Pressable>
        )}
      </View>
      <Sending isSending={isSending} share={share} trouble={trouble} />
    </Card>
  )
}

interface WorkingProps {
  readonly job: JobView
  readonly onStopped: () => void
}

/** How far a list has been looked through or entered; whoever leaves finds it done. */
function Working({ job, onStopped }: WorkingProps) {
  const { run, isBusy, error } = useCommand('job.cancel')
  const { done, total } = job.progress
  const stop = async (): Promise<void> => {
    const outcome = await run({ jobId: job.id })
    if (outcome.ok) onStopped()
  }
  return (
    <Card>
      <View className="import__start" data-test="job-working">
        <ProgressBar
          label={jobTitle(job)}
          share={total === 0 ? undefined : done / total}
          text={total === 0 ? jobStatusWords[job.status].text : `${done} / ${total}`}
        />
        <View className="import__hint">可以离开，弄好了在“消息”里告诉您。再来这一页，接着看。</View>
        <FormFoot trouble={error?.message}>
          <View data-test="stop-job">
            <BigButton label="停下" tone="quiet" isBusy={isBusy} onPress={() => void stop()} />
          </View>
        </FormFoot>
      </View>
    </Card>
  )
}

interface FailedProps {
  readonly job: JobView
  readonly children?: ReactNode
}

/** Why a list could not be read, and what to do. */
function Failed({ job, children }: FailedProps) {
  const word = jobStatusWords[job.status]
  return (
    <>
      <View data-test="job-failed">
        <Notice tone={word.tone} icon={word.icon} title={word.text}>
          {job.why?.message ?? '换一个文件，或者再选一次。'}
        </Notice>
      </View>
      {children}
      <Sample />
    </>
  )
}
