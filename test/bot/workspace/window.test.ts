import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { defineForm, type OpenForm } from '../../../commands/form.ts'
import { phrase } from '../../../workflows/phrase.ts'
import { type Browser, startBrowser } from '../../browser.ts'
import { chromium, needs } from '../../need.ts'
import { button, card, type Desk, reader, startDesk } from './desk.ts'

const { describe, test } = needs(chromium())
const az = { type: 'room', room: 'az' } as const
const problems: string[] = []
let browser: Browser
let desk: Desk

describe('the practice workspace in a browser', () => {
  beforeAll(async () => {
    browser = await startBrowser(problems)
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    desk = await startDesk()
    problems.length = 0
  })
  afterEach(async () => {
    await browser.clear()
    await desk.close()
    expect(problems).toEqual([])
  })

  test('a command is completed by keyboard, and its answer is private until dismissed', async () => {
    desk.answer(() => ({ type: 'view', view: card('', ['AZ-0412 is yours.']), private: true }))
    const page = await open('finch')
    const line = page.locator('#write-log')
    await line.fill('/')
    expect(await page.locator('#write-log-commands [role=option]:visible').count()).toBe(3)
    await line.press('ArrowDown')
    await line.press('ArrowDown')
    expect(await line.getAttribute('role')).toBe('combobox')
    expect(await line.getAttribute('aria-activedescendant')).toBe('write-log-command-2')
    await line.press('Tab')
    expect(await line.inputValue()).toBe('/claim ')
    expect(await page.locator('#write-log-commands').isVisible()).toBe(false)
    await line.pressSequentially('AZ-0412')
    await line.press('Enter')
    const answer = page.locator('#log .private')
    await answer.waitFor()
    expect(await answer.textContent()).toMatch(/Only you can see this[\s\S]*\/claim AZ-0412[\s\S]*AZ-0412 is yours/)
    expect(await line.inputValue()).toBe('')
    await answer.getByRole('button', { name: 'Dismiss' }).press('Enter')
    expect(await answer.count()).toBe(0)
    expect(desk.heard).toMatchObject([{ type: 'command', name: 'claim', words: 'AZ-0412' }])
  })

  test('Escape closes the list of commands, and Shift with Enter starts a line', async () => {
    const page = await open('finch')
    const line = page.locator('#write-log')
    await line.fill('/cl')
    await line.press('Escape')
    expect(await page.locator('#write-log-commands').isVisible()).toBe(false)
    await line.fill('one')
    await line.press('Shift+Enter')
    await line.pressSequentially('two')
    await line.press('Enter')
    await page.getByText('one\ntwo').waitFor()
  })

  test('a refused form keeps words and files, says why at the field and goes there', async () => {
    desk.answer(heard =>
      heard.type === 'submission' && heard.values.where
        ? { type: 'view', view: card('', ['Received as AZ-0412']), private: true }
        : { type: 'form', form: opened(heard.type === 'submission' ? heard.values : {}) },
    )
    const page = await open('heron')
    await send(page, '/report')
    const form = page.locator('#form')
    await form.getByLabel('Type / to see').fill('Three men\nby the door')
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: 'line.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') })
    await form.getByRole('button', { name: 'Send' }).click()
    await form.getByText('Nothing to send yet').waitFor()
    const where = form.locator('input[type=text]')
    expect(await focused(page).getAttribute('name')).toBe('f.where')
    expect(await where.getAttribute('aria-describedby')).toContain('field-where-error')
    expect(await form.locator('textarea').inputValue()).toBe('Three men\nby the door')
    await where.fill('Burton Barr library')
    await form.getByRole('button', { name: 'Send' }).click()
    await page.locator('#log .private').waitFor()
    expect(await form.isVisible()).toBe(false)
    const sent = desk.heard.filter(heard => heard.type === 'submission')
    expect(sent.map(each => each.key)).toEqual(['form-1', 'form-1'])
    expect(sent[1]?.files.map(file => file.name)).toEqual(['line.jpg'])
  })

  test('without connection nothing typed is lost, and the second try counts as the first', async () => {
    const page = await open('heron')
    await page.route('**/say', route => route.abort())
    await send(page, 'two men, no weapons')
    await page.getByText('Not sent: no connection. Your words are still here.').waitFor()
    expect(await page.locator('#write-log').inputValue()).toBe('two men, no weapons')
    const tried = await page.locator('main [name=key]').inputValue()
    await page.unroute('**/say')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('#log .words', { hasText: 'two men, no weapons' }).waitFor()
    expect(desk.heard.map(heard => heard.key)).toEqual([`workspace:heron:${tried}`])
    expect(problems.splice(0).join()).toContain('ERR_FAILED')
  })

  test('a form closed half-way is kept as a draft; without connection it stays open', async () => {
    desk.answer(heard => (heard.type === 'draft' ? { type: 'nothing' } : { type: 'form', form: opened({}) }))
    const page = await open('heron')
    await send(page, '/report')
    const form = page.locator('#form')
    await form.locator('textarea').fill('half a report')
    await page.route('**/draft', route => route.abort())
    await page.keyboard.press('Escape')
    await form.getByText('no connection').waitFor()
    await page.unroute('**/draft')
    await form.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Kept as a draft for a day.').waitFor()
    expect(desk.heard.at(-1)).toMatchObject({ type: 'draft', form: 'form-1', values: { what: 'half a report' } })
    expect(problems.splice(0).join()).toContain('ERR_FAILED')
  })

  test('a card changes in place, under the hands of whoever is on it', async () => {
    const view = card('S4 HIGH · AZ-0412', ['nobody is on it'], [button('claim'), button('more')])
    const ref = await desk.workspace.post(az, { view, reader, key: 'c' })
    const page = await open('finch')
    await page.locator('button.press[value=more]').focus()
    const claimed = card('S4 HIGH · AZ-0412', ['claimed by Wren'], [button('join'), button('more')])
    desk.pass(1000)
    await desk.workspace.edit(ref, { view: claimed, reader, key: 'c' })
    await page.getByText('claimed by Wren').waitFor()
    expect(await page.locator('#log .message').count()).toBe(1)
    expect(await focused(page).getAttribute('value')).toBe('more')
    expect(await page.locator('.chip').textContent()).toBe('S4 HIGH')
    await page.keyboard.press('Enter')
    await expect.poll(() => desk.heard).toMatchObject([{ type: 'press', button: 'more' }])
  })

  test('who reads further up is not moved, and is told of what is new', async () => {
    for (let index = 0; index < 40; index++) {
      await desk.workspace.post(az, { view: card('', [`message ${index}`]), reader, key: `c${index}` })
    }
    const page = await open('finch')
    const log = page.locator('#log')
    expect(await log.evaluate(list => list.scrollHeight - list.scrollTop - list.clientHeight)).toBeLessThan(2)
    await log.evaluate(list => list.scrollTo(0, 300))
    await desk.workspace.post(az, { view: card('', ['something new']), reader, key: 'new' })
    const pill = page.getByRole('button', { name: 'New messages' })
    await pill.waitFor()
    expect(await log.evaluate(list => list.scrollTop)).toBe(300)
    await pill.click()
    await pill.waitFor({ state: 'hidden' })
    expect(await log.evaluate(list => list.scrollHeight - list.scrollTop - list.clientHeight)).toBeLessThan(2)
  })

  test('whoever asks for earlier messages stays at the one they were reading', async () => {
    for (let index = 0; index < 60; index++) {
      await desk.workspace.post(az, { view: card('', [`message ${index}.`]), reader, key: `c${index}` })
    }
    const page = await open('finch')
    await page.locator('#log').evaluate(list => list.scrollTo(0, 0))
    const reading = page.getByText('message 10.', { exact: true })
    const before = await reading.boundingBox()
    await page.getByRole('button', { name: 'Show earlier messages' }).click()
    await page.getByText('message 0.', { exact: true }).waitFor({ state: 'attached' })
    expect(await page.locator('#log .message').count()).toBe(60)
    expect(await page.locator('#log [data-opens]').count()).toBe(1)
    const after = await reading.boundingBox()
    // The button that was above is gone, the message itself has hardly moved.
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(60)
  })

  test('a press that asks to be confirmed does nothing until it is', async () => {
    const view = card('', ['x'], [button('withdraw:AZ-0412', 'Withdraw', { confirm: phrase('workspace.close') })])
    await desk.workspace.post(az, { view, reader, key: 'c' })
    const page = await open('heron')
    await page.locator('#log .press').click()
    await page.locator('#confirm').getByRole('button', { name: 'Cancel' }).click()
    expect(desk.heard).toEqual([])
    await page.locator('#log .press').click()
    await page.locator('#confirm [value=yes]').click()
    await expect.poll(() => desk.heard).toMatchObject([{ type: 'press', button: 'withdraw:AZ-0412' }])
  })

  test('an answer to a press stands beside its card, even when the card changed meanwhile', async () => {
    const view = card('S3 · AZ-1', ['open'], [button('claim')])
    const ref = await desk.workspace.post(az, { view, reader, key: 'c' })
    await desk.workspace.post(az, { view: card('', ['below']), reader, key: 'd' })
    desk.answer(async () => {
      desk.pass(1000)
      await desk.workspace.edit(ref, { view: card('S3 · AZ-1', ['taken']), reader, key: 'c' })
      await page.getByText('taken').waitFor()
      return { type: 'view', view: card('', ['It is yours.']), private: true }
    })
    const page = await open('finch')
    await page.locator('#log .press').click()
    await page.locator('#log .private').waitFor()
    expect(await page.locator('#log .message').allTextContents()).toEqual([
      expect.stringContaining('taken'),
      expect.stringContaining('It is yours.'),
      expect.stringContaining('below'),
    ])
  })

  test('an answer stays in sight while what it brought about comes in below it', async () => {
    const page = await browser.open(`${desk.url}/as/heron/room/az`, { width: 390, height: 500 })
    const lines = [
      'Received as AZ-1.',
      'Do not go closer.',
      'We do not send police.',
      'The team aims to answer by 14:30.',
    ]
    desk.answer(() => ({ type: 'view', view: card('', lines), private: true }))
    await send(page, '/claim AZ-1')
    await page.getByText('Received as AZ-1.').waitFor()
    await desk.workspace.post(az, {
      view: card('S4 HIGH · AZ-1', Array(12).fill('a line of the card')),
      reader,
      key: 'c',
    })
    await page.getByText('S4 HIGH').waitFor({ state: 'attached' })
    const list = await page.locator('#log').boundingBox()
    const answer = await page.getByText('Received as AZ-1.').boundingBox()
    expect(answer?.y).toBeGreaterThanOrEqual(list?.y ?? Number.NaN)
    await page.locator('#newer').waitFor()
  })

  test('the same press again renews its answer and leaves no pile of them', async () => {
    await desk.workspace.post(az, {
      view: card('S3 · AZ-1', ['open'], [button('more'), button('claim')]),
      reader,
      key: 'c',
    })
    let asked = 0
    desk.answer(() => ({ type: 'view', view: card('', [`answer ${++asked}`]), private: true }))
    const page = await open('finch')
    for (const [index, value] of ['more', 'claim', 'more'].entries()) {
      await page.locator(`#log .press[value=${value}]`).click()
      await page.getByText(`answer ${index + 1}`).waitFor()
    }
    expect(await page.locator('#log .private .text').allTextContents()).toEqual(['answer 3', 'answer 2'])
    await page.route('**/press', route => route.abort())
    await page.locator('#log .press[value=more]').click()
    await page.getByText('Not done: no connection.').waitFor()
    expect(problems.splice(0).join()).toContain('ERR_FAILED')
  })

  test('after the hub was away the page finds it again and shows what it missed', async () => {
    const page = await open('finch')
    await page.route('**/live*', route => route.abort())
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
    await page.getByText('No connection. New messages will appear when it is back.').waitFor()
    await desk.workspace.post(az, { view: card('', ['said meanwhile']), reader, key: 'c' })
    await page.unroute('**/live*')
    await page.getByText('said meanwhile').waitFor()
    await page.getByText('No connection.').waitFor({ state: 'hidden' })
    expect(problems.splice(0).join()).toContain('ERR_FAILED')
  })

  test('playing another part keeps the room, and two tabs are two people', async () => {
    const page = await open('heron')
    await page.getByRole('button', { name: 'You are Heron, Mediator' }).click()
    await page.getByRole('link', { name: 'Wren' }).click()
    await page.waitForURL('**/as/wren/room/az')
    expect(await page.locator('html').getAttribute('lang')).toBe('es')
    const other = await open('finch')
    await send(other, 'I am on my way')
    await page.locator('#log .words', { hasText: 'I am on my way' }).waitFor()
    await page.goto(`${desk.url}/as/wren/room/lead`)
    await send(other, 'and there')
    await page.getByText('1 mensaje nuevo').waitFor({ state: 'attached' })
  })

  test('a thread opens beside, is written in, and closes back to where it was opened', async () => {
    await desk.workspace.post(az, { view: card('S3 · AZ-1', ['open'], [button('more')]), reader, key: 'c' })
    const page = await open('finch')
    await page.getByRole('link', { name: 'Reply in thread' }).click()
    await page.locator('#thread-title').waitFor()
    await page.locator('#write-thread').fill('I called the poll manager')
    await page.locator('#write-thread').press('Enter')
    await page.locator('#thread-log .words', { hasText: 'I called' }).waitFor()
    await page.getByRole('link', { name: '1 reply' }).waitFor()
    desk.answer(() => ({ type: 'view', view: card('', ['More of it']), private: true }))
    await page.locator('#thread-log .press').click()
    await page.locator('#thread-log .private').waitFor()
    await page.locator('#write-thread').fill('half a sentence')
    await page.locator('#write-thread').press('Escape')
    expect(await page.locator('#write-thread').inputValue()).toBe('half a sentence')
    await page.locator('#write-thread').fill('')
    await page.locator('#write-thread').press('Escape')
    await page.locator('#thread').waitFor({ state: 'hidden' })
    expect((await focused(page).textContent())?.trim()).toBe('1 reply')
    expect(new URL(page.url()).search).toBe('')
  })

  test('what people type is shown as typed, whatever it is', async () => {
    const nasty =
      '<img src=x onerror="document.title=1"><b>b</b> **bold** @everyone <!channel> &amp; \u202Eevil\u200B {what} <hx-partial hx-target="body">'
    const page = await open('heron')
    await send(page, nasty)
    const said = page.locator('#log .words')
    await said.waitFor()
    expect(await said.textContent()).toBe(nasty)
    expect(await said.locator('*').count()).toBe(0)
    await page.reload()
    expect(await page.locator('#log .words').textContent()).toBe(nasty)
  })

  test('40,000 characters are refused in words, and stay', async () => {
    const page = await open('heron')
    await send(page, 'x'.repeat(40_000))
    await page.getByText('Too long: 40,000 characters, at most 4,000.').waitFor()
    expect(await page.locator('#write-log').inputValue()).toHaveLength(40_000)
    expect(desk.heard).toEqual([])
  })

  test('on a phone rooms are a drawer, a form fills the screen, and everything can be hit with a thumb', async () => {
    desk.answer(() => ({ type: 'form', form: opened({}) }))
    await desk.workspace.post(az, { view: card('S4 HIGH · A', ['x'], [button('more')]), reader, key: 'c' })
    const page = await browser.open(`${desk.url}/as/heron/room/az`, { width: 390 })
    expect(await page.locator('#rooms').isVisible()).toBe(false)
    expect(await small(page)).toEqual([])
    await page.getByRole('button', { name: 'Rooms' }).click()
    await page.locator('#rooms').getByRole('link', { name: 'Leadership' }).click()
    await page.waitForURL('**/room/lead')
    await send(page, '/report')
    const form = await page.locator('#form').boundingBox()
    expect([form?.width, form?.height]).toEqual([390, 844])
    expect(await small(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})

function open(account: string): Promise<Page> {
  return browser.open(`${desk.url}/as/${account}/room/az`)
}

async function send(page: Page, words: string): Promise<void> {
  await page.locator('#write-log').fill(words)
  await page.locator('#write-log').press('Enter')
  if (words === '/report') await page.locator('#form[open]').waitFor()
}

function focused(page: Page) {
  return page.locator(':focus')
}

/** What can be pressed but is lower than 44 points. */
async function small(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const each of await page.locator('button, a, select, .option, .attach, textarea, input[type=text]').all()) {
    const box = (await each.isVisible()) ? await each.boundingBox() : null
    const words = await each.evaluate(element => element.outerHTML.slice(0, 90))
    if (box && box.height < 44 && !words.includes('class="skip"')) found.push(words)
  }
  return found
}

function opened(values: OpenForm['values']): OpenForm {
  const text = { type: 'text', required: true, max: 200 } as const
  const form = defineForm({
    title: phrase('workspace.thread'),
    submit: phrase('workspace.send'),
    fields: {
      what: { ...text, label: phrase('workspace.start-more'), lines: 'many' },
      where: { ...text, label: phrase('workspace.rooms'), hint: phrase('workspace.keys'), lines: 'one' },
      photos: { type: 'files', label: phrase('workspace.attach'), max: 10 },
    },
  })
  const wrong = values.what && !values.where
  const errors: OpenForm['errors'] = wrong ? { where: phrase('workspace.empty') } : {}
  return { id: 'form-1', command: 'report', about: '', form, notice: null, values, errors }
}
