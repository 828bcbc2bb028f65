import { SignInScreen } from '../../features/sign-in/sign-in-screen'
import { usePageParams } from '../../services/navigation'

definePageConfig({ navigationBarTitleText: '登录' })

export default function SignInPage() {
  const { over } = usePageParams('signIn')
  return <SignInScreen isOver={over === 'yes'} />
}
