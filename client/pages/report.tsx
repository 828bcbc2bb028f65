import { BigButton } from '../components/big-button'
import { Card } from '../components/card'
import { FormRow, TextBox } from '../components/form-row'
import { PageFrame } from '../components/page-frame'
import { keepablePhotos, PhotoPicker, type PickedPhoto } from '../components/photo-picker'
import { useDraft } from '../services/drafts'
import { toast } from '../services/toast'

definePageConfig({ navigationBarTitleText: '上报' })

export default function ReportPage() {
  const { draft, change } = useDraft('report', { text: '', photos: [] as readonly PickedPhoto[] })
  return (
    <PageFrame
      title="上报"
      action={
        <BigButton
          label="提交"
          icon="send"
          onPress={() => toast(`已存${keepablePhotos(draft.photos).length}张照片`)}
        />
      }
    >
      <Card>
        <FormRow label="照片" hint="最多9张">
          <PhotoPicker
            photos={draft.photos}
            onChange={(next) => change((before) => ({ photos: next(before.photos) }))}
          />
        </FormRow>
      </Card>
      <Card>
        <FormRow label="怎么回事">
          <TextBox
            value={draft.text}
            onChange={(text) => change({ text })}
            max={500}
            placeholder="比如：巷子里全是泥，下雨出不了门"
          />
        </FormRow>
      </Card>
    </PageFrame>
  )
}
