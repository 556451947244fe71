import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Files } from '../house.ts'

/** Types a line into the conversation that is open, and sends it. */
export async function say(page: Page, words: string): Promise<void> {
  const line = page.locator('#write-log')
  await line.fill(words)
  await line.press('Escape')
  await line.press('Enter')
}

/** The card of an incident in the room that is open. */
export function cardIn(page: Page, id: string): Locator {
  return page.locator('#log [data-message]').filter({ hasText: id }).first()
}

/** The newest private answer on a page. */
export function answerOn(page: Page): Locator {
  return page.locator('.private').last()
}

/** Waits until what is read looks as wanted. */
export async function expectSoon(read: () => Promise<string | null>, wanted: RegExp, patience = 60_000): Promise<void> {
  await expect.poll(async () => (await read()) ?? '', { timeout: patience, interval: 200 }).toMatch(wanted)
}

/** The bytes of files as a browser's file field takes them. */
export async function chosen(files: Files): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> {
  return Promise.all(
    files.map(async file => {
      const pieces: Buffer[] = []
      if ('open' in file) for await (const piece of file.open()) pieces.push(Buffer.from(piece))
      return { name: file.name, mimeType: file.type, buffer: Buffer.concat(pieces) }
    }),
  )
}

/** Fills in the report that stands open and sends it. */
export async function report(
  page: Page,
  {
    what,
    where,
    danger,
    files = [],
  }: { what: string; where: string; danger: 'now' | 'hurt' | 'soon' | 'no'; files?: Files },
): Promise<void> {
  const form = page.locator('dialog[open] form')
  await form.getByLabel(/What happened|Qué pasó/).fill(what)
  await form.getByLabel(/Where\?|Dónde/).fill(where)
  await form.locator(`input[value=${danger}]`).check({ force: true })
  await form.locator('input[value=yes]').check({ force: true })
  if (files.length > 0) await form.locator('input[type=file]').setInputFiles(await chosen(files))
  await form.locator('button[type=submit], button:not([type])').last().click()
}
