import { closeOpened } from './opened'

afterAll(closeOpened)
