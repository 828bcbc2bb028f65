import type { LookFinding } from '../../../../cloudfunctions/contexts/report/rules/reasons'
import type { Remedy } from '../../../../cloudfunctions/contexts/report/rules/report'
import { Card } from '../../../components/card'
import { keepablePhotos, type PickedPhoto, sentPhotoIds } from '../../../components/picked-photo'
import { Notice, SwitchRow } from '../../../components/rows'
import { useRulesOf } from '../../../services/use-rules'
import { evidenceText, postingText } from '../../../words/rules'
import { sentences } from '../../../words/sentences'
import { choicesOf, findingWords, remedyWords } from '../../../words/work'
import { ActForm, type FormProps, useActForm } from './act-form'
import { ChoiceField, PhotosField, WordsField } from './fields'

interface WorkDraft {
  readonly note: string
  readonly before: readonly PickedPhoto[]
  readonly after: readonly PickedPhoto[]
  readonly remedy: Remedy | undefined
}

const noWork: WorkDraft = { note: '', before: [], after: [], remedy: undefined }

/** 自办办结, 报完成: what was done, before and after. */
export function WorkForm({ action, ...props }: FormProps & { readonly action: 'resolve' | 'claim-fixed' }) {
  const form = useActForm<'resolve' | 'claim-fixed', WorkDraft>(
    action,
    props,
    { note: '怎么办的', before: '办理前的照片', after: '办理后的照片', remedy: '办到什么程度' },
    noWork,
    (kept) => ({ ...kept, before: keepablePhotos(kept.before), after: keepablePhotos(kept.after) }),
  )
  const { note, before, after, remedy } = form.draft
  return (
    <ActForm
      form={form}
      input={{ ...form.on, note, before: sentPhotoIds(before), after: sentPhotoIds(after), remedy }}
    >
      <PhotosField
        row={form.row('before')}
        photos={before}
        onChange={(next) => form.change((kept) => ({ before: next(kept.before) }))}
        name="photos-before"
        hint="照片会公开，请勿拍到人脸、车牌。"
      />
      <PhotosField
        row={form.row('after')}
        photos={after}
        onChange={(next) => form.change((kept) => ({ after: next(kept.after) }))}
      />
      <ChoiceField
        row={form.row('remedy')}
        choices={choicesOf(remedyWords)}
        value={remedy}
        onChange={(chosen) => form.change({ remedy: chosen })}
        layout="columns"
        name="remedy"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="everyone"
      />
    </ActForm>
  )
}

const noPhotos: { readonly note: string; readonly photos: readonly PickedPhoto[] } = { note: '', photos: [] }

/** 写进展 */
export function ProgressForm(props: FormProps) {
  const form = useActForm(
    'progress',
    props,
    { note: '办到哪一步了', photos: '照片', isPublic: '向社会公开' },
    { ...noPhotos, isPublic: true },
    (kept) => ({ ...kept, photos: keepablePhotos(kept.photos) }),
  )
  const { note, photos, isPublic } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, note, photos: sentPhotoIds(photos), isPublic }}>
      <Card>
        <SwitchRow
          icon="eye"
          title="向社会公开"
          hint="关上就只有上报人和办理的人看得到"
          isOn={isPublic}
          onChange={(isOn) => form.change({ isPublic: isOn })}
        />
      </Card>
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience={isPublic ? 'everyone' : 'parties'}
      />
      <PhotosField
        row={form.row('photos')}
        photos={photos}
        onChange={(next) => form.change((kept) => ({ photos: next(kept.photos) }))}
        hint={isPublic ? undefined : '上报人看得到，请勿拍到人脸、车牌。'}
      />
    </ActForm>
  )
}

/** 放证据: new pictures or words that lie before everyone who is asked whether it is gone (F5). */
export function EvidenceForm(props: FormProps) {
  const form = useActForm(
    'lay-evidence',
    props,
    { note: '办成什么样', photos: '现在的照片' },
    noPhotos,
    (kept) => ({ ...kept, photos: keepablePhotos(kept.photos) }),
  )
  const rules = useRulesOf(props.matter)
  const { note, photos } = form.draft
  return (
    <ActForm form={form} input={{ ...form.on, note, photos: sentPhotoIds(photos) }}>
      <Notice tone="plain" icon="users">
        {`${evidenceText(rules)}。${postingText(rules)}。${sentences.objection}。${sentences.ours}。`}
      </Notice>
      <PhotosField
        row={form.row('photos')}
        photos={photos}
        onChange={(next) => form.change((kept) => ({ photos: next(kept.photos) }))}
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="everyone"
      />
    </ActForm>
  )
}

/** 现场核实 */
export function LookForm(props: FormProps) {
  const form = useActForm(
    'look',
    props,
    { finding: '现场看，解决了吗', note: '看到的情况', photos: '现场照片' },
    { ...noPhotos, finding: undefined as LookFinding | undefined },
    (kept) => ({ ...kept, photos: keepablePhotos(kept.photos) }),
  )
  const { note, photos, finding } = form.draft
  return (
    <ActForm
      form={form}
      input={{
        ...form.on,
        finding,
        note,
        photos: sentPhotoIds(photos),
      }}
    >
      <ChoiceField
        row={form.row('finding')}
        choices={choicesOf(findingWords)}
        value={finding}
        onChange={(chosen) => form.change({ finding: chosen })}
        layout="rows"
        name="finding"
      />
      <WordsField
        row={form.row('note')}
        value={note}
        onChange={(words) => form.change({ note: words })}
        audience="everyone"
      />
      <PhotosField
        row={form.row('photos')}
        photos={photos}
        onChange={(next) => form.change((kept) => ({ photos: next(kept.photos) }))}
      />
    </ActForm>
  )
}
