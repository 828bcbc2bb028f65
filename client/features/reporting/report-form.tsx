import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { type CategoryId, categoryIds } from '../../../cloudfunctions/contexts/category/rules/category'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card } from '../../components/card'
import { EmergencyCalls } from '../../components/emergency-calls'
import { FormRow, TextBox } from '../../components/form-row'
import { InDraftSlot, WrittenElsewhere } from '../../components/in-draft-slot'
import { PageFrame } from '../../components/page-frame'
import { PhotoPicker } from '../../components/photo-picker'
import { isHeldUp } from '../../components/picked-photo'
import { Notice, SwitchRow } from '../../components/rows'
import { Skeleton } from '../../components/skeleton'
import { command } from '../../services/api'
import { askAgain } from '../../services/ask-again'
import { type NamedCommunity, placeToSend } from '../../services/chosen-place'
import type { DraftSlot } from '../../services/draft-slot'
import { useDraft } from '../../services/drafts'
import { focusFirstIn } from '../../services/focus'
import { useHomeCommunity } from '../../services/home-community'
import { keptPhotos } from '../../services/kept-photos'
import { openPage, replacePage } from '../../services/navigation'
import { noteChoice } from '../../services/recent-choices'
import { isVisitor } from '../../services/signed-in'
import { useQuery } from '../../services/use-query'
import { callMeText } from '../../words/answerable'
import { AccusedChoice, useAccusedQuestion } from './accused-choice'
import { BegunBefore } from './begun-before'
import { CategoryBlock } from './category-block'
import {
  accusedAt,
  askedBeside,
  emptyDraft,
  hasWords,
  isUnplaced,
  keepableDraft,
  maxText,
  type Problems,
  placeAsked,
  placeProblem,
  problemsAmong,
  problemsOf,
  type ReportDraft,
  toSubmission,
} from './draft'
import { HowToReport } from './how-to-report'
import { NearbyReports } from './nearby-reports'
import { PlaceBlock } from './place-block'
import { type PosterPlace, spotOf } from './poster-place'
import { refusedProblems } from './refused-problems'
import { ResponsiblePreview } from './responsible-preview'
import { SentPanel } from './sent-panel'
import { SubmitState } from './submit-state'
import { useCatalogue } from './use-catalogue'
import { useSubmit } from './use-submit'
import {
  type FormField,
  fieldNames,
  formFields,
  isEmergency,
  photoHint,
  type SubmitReceipt,
  secrecyText,
  sentencePlaceholder,
  waitingLine,
} from './words'
import './report-form.css'

const blockId = (field: FormField) => `report-${field}`

/** The page's heading lies over its top, and below it the numbers to ring, where there are some. */
const scrollClearance = { usual: 80, withNumbers: 240 } as const

/** Shows the field and puts the keyboard into it. */
const goTo = (field: FormField, clearance: number) => {
  void Taro.pageScrollTo({ selector: `#${blockId(field)}`, offsetTop: -clearance, duration: 200 })
  focusFirstIn(blockId(field))
}

interface ReportFormProps {
  /** The category the address asks for. */
  readonly askedCategoryId: string | undefined
  readonly poster: PosterPlace
}

/** 上报, for whoever can send one from here. */
export function ReportForm({ askedCategoryId, poster }: ReportFormProps) {
  if (isVisitor()) return <HowToReport />
  const meanwhile = (
    <PageFrame title="上报">
      <Skeleton />
    </PageFrame>
  )
  return (
    <InDraftSlot name="report" meanwhile={meanwhile}>
      {(slot) => <ReportDraftForm slot={slot} askedCategoryId={askedCategoryId} poster={poster} />}
    </InDraftSlot>
  )
}

/** Photographs, the place, what it is, one sentence. */
function ReportDraftForm(props: ReportFormProps & { readonly slot: DraftSlot }) {
  const { slot, askedCategoryId, poster } = props
  const asked = categoryIds.find((id) => id === askedCategoryId) ?? null
  const posted = useQuery('unit.get', poster.unitId === undefined ? undefined : { unitId: poster.unitId })
  const { draft, change, drop, intentions, isKept } = useDraft(
    slot.name,
    { ...emptyDraft, categoryId: asked },
    keepableDraft,
  )
  const [beside, setBeside] = useState(() => askedBeside(draft, asked))
  /** What the last press found wanting: each is complained about for as long as the draft wants it. */
  const [wanting, setWanting] = useState<readonly FormField[]>([])
  /** What the server found wrong, which nothing here can tell to be mended: it stands until the field is changed. */
  const [refusedFields, setRefusedFields] = useState<Problems>({})
  const [refusal, setRefusal] = useState<string>()
  const [receipt, setReceipt] = useState<SubmitReceipt>()
  /** Pictures that the report went without. */
  const [leftCount, setLeftCount] = useState(0)
  const homeState = useHomeCommunity()

  // Whoever has scanned a poster stands before it, wherever they are at home.
  const postedUnit = posted.query.state === 'ready' ? posted.query.value.unit : undefined
  const home = postedUnit ?? (homeState.state === 'known' ? homeState.community : undefined)
  const community: NamedCommunity | undefined =
    draft.community ?? (home && { id: home.id, name: home.areaName })
  const categories = useCatalogue(draft.point, community?.id, homeState.state === 'loading')
  const category = categories.find(({ id }) => id === draft.categoryId)

  const goToFirst = (found: Problems) => {
    const first = formFields.find((field) => found[field])
    const { usual, withNumbers } = scrollClearance
    if (first) goTo(first, isEmergency(category) ? withNumbers : usual)
  }

  const hasPlace = draft.point !== null || placeProblem(draft, community, category) === undefined
  const place = placeToSend(draft, community)
  const asking = useAccusedQuestion(category?.isAboutBranch && hasPlace ? place : undefined)
  /** Without the kind, and whom a complaint is about, nothing of it may leave this device. */
  const isKindOpen = problemsOf(draft, community, category).category !== undefined

  /** Whoever sends it with the question before them lets the answer stand that is marked there. */
  const asMarked: ReportDraft = {
    ...draft,
    accused: accusedAt(draft, place) ?? asking.usual ?? draft.accused,
  }

  /** Whether nothing is wanting; else it is shown. */
  const isComplete = (): boolean => {
    const found = problemsOf(asMarked, community, category)
    setWanting(formFields.filter((field) => found[field]))
    setRefusedFields({})
    goToFirst(found)
    return Object.keys(found).length === 0
  }

  const { isSending, isWaiting, trouble } = useSubmit({
    draft,
    isUrgent: isEmergency(category),
    submission: category && !isKindOpen ? toSubmission(draft, category, community) : undefined,
    submit: (sent) => command('report.submit', sent),
    intentions,
    onSent: (sent) => {
      // That somebody complained about a branch is to be seen nowhere, on their own phone neither.
      if (category && !category.isAboutBranch) noteChoice('category', category)
      setReceipt(sent)
      const left = draft.photos.filter(isHeldUp)
      for (const { key } of left) void keptPhotos.forget(key)
      setLeftCount(left.length)
      drop()
      void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onRefused: (refused) => {
      change({ isToSend: false })
      const found = refusedProblems(refused)
      setRefusal(Object.keys(found).length === 0 ? refused.message : undefined)
      setRefusedFields(found)
      goToFirst(found)
    },
  })

  const forgive = (field: FormField) => setRefusedFields(({ [field]: _mended, ...others }) => others)

  /** Whatever is changed is not what was to be sent. */
  const edit = (field: FormField, part: Partial<ReportDraft>) => {
    change({ ...part, isToSend: false })
    setRefusal(undefined)
    forgive(field)
  }

  const press = () => {
    setRefusal(undefined)
    if (!isComplete()) return
    if (draft.isToSend) askAgain()
    // The home that stands in now stays the one, whatever is known when it is sent at last.
    else
      change({ isToSend: true, accused: asMarked.accused, ...(!draft.point && community && { community }) })
  }

  const [spot] = useState(() => spotOf(poster))
  useEffect(() => {
    if (spot) change((before) => (isUnplaced(before) ? { point: spot } : {}))
  }, [spot, change])

  useEffect(() => {
    if (beside !== 'taken') return
    change({ categoryId: asked, accused: null })
    setBeside('nothing')
  }, [beside, asked, change])

  const cannotGo = draft.isToSend && (isKindOpen || draft.photos.some(({ state }) => state === 'refused'))
  const stop = useRef<() => void>()
  stop.current = () => {
    change({ isToSend: false })
    isComplete()
  }
  useEffect(() => {
    if (cannotGo) stop.current?.()
  }, [cannotGo])

  if (receipt) {
    return (
      <PageFrame
        title="上报成功"
        action={
          <ButtonPair>
            <View data-test="sent-home">
              <BigButton label="回首页" tone="secondary" onPress={() => openPage('home')} />
            </View>
            <View data-test="sent-open">
              <BigButton
                label="查看进展"
                onPress={() => replacePage('detail', { reportId: receipt.reportId })}
              />
            </View>
          </ButtonPair>
        }
      >
        <SentPanel
          receipt={receipt}
          isConfidential={category?.isAboutBranch ?? false}
          leftPhotoCount={leftCount}
        />
      </PageFrame>
    )
  }

  if (beside === 'undecided') {
    return (
      <BegunBefore
        draft={draft}
        onGoOn={() => setBeside('nothing')}
        onAfresh={() => {
          for (const { key } of draft.photos) void keptPhotos.forget(key)
          change({ ...emptyDraft, categoryId: asked })
          setBeside('nothing')
        }}
      />
    )
  }

  // One answer may settle another field: where every minute counts no place is asked for.
  const problems = problemsAmong(wanting, problemsOf(asMarked, community, category), refusedFields)
  const wrongFields = formFields.filter((field) => problems[field])
  return (
    <PageFrame
      title="上报"
      action={
        <View>
          <SubmitState
            form="report"
            missing={wrongFields.map((field) => fieldNames[field])}
            refusal={refusal}
            waiting={isWaiting ? waitingLine(draft, trouble, isKept) : undefined}
          />
          <View data-test="submit-report">
            <BigButton
              label={draft.isToSend ? '现在就发' : '提交'}
              icon="send"
              isBusy={isSending}
              onPress={press}
            />
          </View>
        </View>
      }
    >
      {slot.isBesideAnother && <WrittenElsewhere />}
      {category && isEmergency(category) && (
        <View className="report-form__emergency" data-test="report-emergency">
          <EmergencyCalls title="有人身危险，先打电话，再上报" numbers={category.emergencyCalls} />
        </View>
      )}
      <Card>
        <View id={blockId('photos')} data-test="report-photos">
          <FormRow label="照片" hint={photoHint(category)} error={problems.photos}>
            <PhotoPicker
              label="拍照片"
              photos={draft.photos}
              onChange={(next) => {
                change((before) => ({ photos: next(before.photos) }))
                forgive('photos')
              }}
            />
          </FormRow>
        </View>
      </Card>

      <Card>
        <View id={blockId('place')}>
          <PlaceBlock
            place={draft}
            community={community}
            home={home}
            isHomeAwaited={homeState.state === 'loading'}
            error={problems.place}
            onChange={(part) => edit('place', part)}
          />
        </View>
      </Card>

      <Card>
        <View id={blockId('category')}>
          <CategoryBlock
            categories={categories}
            chosen={category}
            error={problems.category}
            onChoose={(chosenId: CategoryId | null) =>
              edit('category', { categoryId: chosenId, accused: null })
            }
          />
          {category?.isAboutBranch && hasPlace && (
            <AccusedChoice
              asking={asking}
              value={accusedAt(draft, place)}
              onChange={(unitId) => edit('category', { accused: { of: placeAsked(place), unitId } })}
            />
          )}
        </View>
      </Card>

      {category && hasPlace && (
        <ResponsiblePreview
          place={place}
          category={category}
          accusedUnitId={toSubmission(draft, category, community).accusedUnitId}
        />
      )}
      {category && draft.point && !category.isAboutBranch && (
        <NearbyReports
          key={`${category.id} ${draft.point.lng} ${draft.point.lat}`}
          point={draft.point}
          categoryId={category.id}
          onJoined={(reportId) => {
            // What was typed may be about something else; only an empty form is done with.
            if (!hasWords(draft.text) && draft.photos.length === 0) drop()
            replacePage('detail', { reportId })
          }}
        />
      )}

      <Card>
        <View id={blockId('text')} data-test="report-text">
          <FormRow label="说一句" error={problems.text}>
            <TextBox
              value={draft.text}
              onChange={(text) => edit('text', { text })}
              max={maxText}
              placeholder={sentencePlaceholder(category)}
            />
          </FormRow>
        </View>
        <View id={blockId('phone')} className="report-form__call">
          <SwitchRow
            icon="phone"
            title={callMeText}
            hint="只有办这件事的人看得到，看一次记一次"
            isOn={draft.wantsCall}
            onChange={(wantsCall) => edit('phone', { wantsCall })}
          />
          {draft.wantsCall && (
            <View data-test="report-phone">
              <FormRow label="电话" error={problems.phone}>
                <TextBox
                  isSingleLine
                  kind="phone"
                  value={draft.phone}
                  onChange={(phone) => edit('phone', { phone })}
                  placeholder="手机号，或者带区号的座机"
                />
              </FormRow>
            </View>
          )}
        </View>
      </Card>

      <Notice tone="plain" icon="shield-check">
        {secrecyText(category)}
      </Notice>
    </PageFrame>
  )
}
