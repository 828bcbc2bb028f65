import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { type CategoryId, categoryIds } from '../../../cloudfunctions/domain/category/category'
import { Alert } from '../../components/alert'
import { BigButton, ButtonPair } from '../../components/big-button'
import { Card } from '../../components/card'
import { FormRow, TextBox } from '../../components/form-row'
import { PageFrame } from '../../components/page-frame'
import { PhotoPicker } from '../../components/photo-picker'
import { Notice, SwitchRow } from '../../components/rows'
import { useDraft } from '../../services/drafts'
import { useHomeCommunity } from '../../services/home-community'
import { openPage, replacePage } from '../../services/navigation'
import { AccusedChoice } from './accused-choice'
import { CategoryBlock } from './category-block'
import {
  emptyDraft,
  hasWords,
  keepableDraft,
  maxText,
  type NamedCommunity,
  type Problems,
  problemsOf,
  toSubmission,
} from './draft'
import { NearbyReports } from './nearby-reports'
import { PlaceBlock } from './place-block'
import { refusedProblems } from './refused-problems'
import { ResponsiblePreview } from './responsible-preview'
import { SentPanel } from './sent-panel'
import { useCatalogue } from './use-catalogue'
import { useSubmit } from './use-submit'
import { type FormField, fieldNames, formFields } from './words'
import './report-form.css'

const blockId = (field: FormField) => `report-${field}`

/** The page's heading lies over its top. */
const scrollClearance = 80

const scrollTo = (field: FormField) => {
  void Taro.pageScrollTo({ selector: `#${blockId(field)}`, offsetTop: -scrollClearance, duration: 200 })
}

interface ReportFormProps {
  /** The category the address asks for. */
  readonly askedCategoryId: string | undefined
}

/** 上报: photographs, the place, what it is, one sentence. */
export function ReportForm({ askedCategoryId }: ReportFormProps) {
  const asked = categoryIds.find((id) => id === askedCategoryId) ?? null
  const { draft, change, drop } = useDraft('report', { ...emptyDraft, categoryId: asked }, keepableDraft)
  const { submit, isBusy, error, receipt } = useSubmit(draft, (intention) => change({ intention }))
  const [problems, setProblems] = useState<Problems>({})
  const homeState = useHomeCommunity()

  const home = homeState.state === 'known' ? homeState.community : undefined
  const community: NamedCommunity | undefined =
    draft.community ?? (home && { id: home.id, name: home.areaName })
  const { categories, failure, retry } = useCatalogue(draft.point, community?.id)
  const { categoryId } = draft
  const category = categories?.find(({ id }) => id === categoryId)

  const edit = (field: FormField, part: Partial<typeof draft>) => {
    change(part)
    setProblems(({ [field]: _mended, ...others }) => others)
  }

  const send = async () => {
    const found = problemsOf(draft, community)
    setProblems(found)
    const first = formFields.find((field) => found[field])
    if (first || !category) {
      if (first) scrollTo(first)
      return
    }
    const refusal = await submit(toSubmission(draft, category, community))
    if (!refusal) {
      drop()
      void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })
      return
    }
    const refused = refusedProblems(refusal)
    setProblems(refused)
    const firstRefused = formFields.find((field) => refused[field])
    if (firstRefused) scrollTo(firstRefused)
  }

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
        <SentPanel receipt={receipt} isConfidential={category?.isAboutBranch ?? false} />
      </PageFrame>
    )
  }

  const wrongFields = formFields.filter((field) => problems[field])
  const [onlyWrong] = wrongFields
  const toMend =
    onlyWrong && wrongFields.length === 1
      ? problems[onlyWrong]
      : wrongFields.length > 1 && `还差：${wrongFields.map((field) => fieldNames[field]).join('、')}`
  const hasPlace = draft.point !== null || (hasWords(draft.placeWords) && community !== undefined)
  return (
    <PageFrame
      title="上报"
      action={
        <View>
          {toMend && <Alert className="report-form__missing">{toMend}</Alert>}
          {error && formFields.every((field) => !refusedProblems(error)[field]) && (
            <Alert className="report-form__missing">{error.message}</Alert>
          )}
          <View data-test="submit-report">
            <BigButton label="提交" icon="send" isBusy={isBusy} onPress={send} />
          </View>
        </View>
      }
    >
      <Card>
        <View id={blockId('photos')} data-test="report-photos">
          <FormRow
            label="照片"
            hint="拍远一张、近一张，支部一看就明白。没有照片也可以。"
            error={problems.photos}
          >
            <PhotoPicker
              label="拍照片"
              photos={draft.photos}
              onChange={(next) => {
                change((before) => ({ photos: next(before.photos) }))
                setProblems(({ photos: _mended, ...others }) => others)
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
            error={problems.place}
            onChange={(part) => edit('place', { ...part, accusedUnitId: null })}
          />
        </View>
      </Card>

      <Card>
        <View id={blockId('category')}>
          <CategoryBlock
            categories={categories}
            failure={failure}
            chosen={category}
            error={problems.category}
            onChoose={(chosenId: CategoryId | null) =>
              edit('category', { categoryId: chosenId, accusedUnitId: null })
            }
            onRetry={retry}
          />
          {category?.isAboutBranch && hasPlace && (
            <AccusedChoice
              place={toSubmission(draft, category, community).place}
              value={draft.accusedUnitId}
              onChange={(accusedUnitId) => edit('category', { accusedUnitId })}
            />
          )}
        </View>
      </Card>

      {category && hasPlace && (
        <ResponsiblePreview place={toSubmission(draft, category, community).place} category={category} />
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
              placeholder="比如：巷子里全是泥，下雨天老人出不了门"
            />
          </FormRow>
        </View>
        <View id={blockId('phone')} className="report-form__call">
          <SwitchRow
            icon="phone"
            title="让支部打电话给我"
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
        您的身份保密：支部看到的是“居民”加编号，公开的页面上没有您的名字、原话和照片。
      </Notice>
    </PageFrame>
  )
}
