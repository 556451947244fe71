import type { Block } from '../../bot/slack/block.ts'
import { escaped, type Page, type Shown, shown, squares } from './page.ts'

/** Slack's own look of a message: its avatar, its name, its blocks. */
export function slackMessage(blocks: readonly Block[], image?: Shown): Page {
  return {
    style,
    body: `<div class="line"><div class="avatar"></div><div class="body">
    <div class="who"><b>Trust Hub</b> <span class="app">APP</span> <time>2:02 PM</time></div>${blocks.map(one => (isImage(one) && image ? shown(image) : block(one))).join('')}</div></div>`,
  }
}

/** Slack's own look of a modal. */
export function slackModal(view: Readonly<Record<string, unknown>>): Page {
  const { title, submit, close, blocks } = view as Modal
  return {
    style,
    body: `<div class="modal"><header><i>×</i><b>${escaped(title.text)}</b>
    <em>${escaped(submit?.text ?? '')}</em></header>${blocks.map(block).join('')}<footer>${escaped(close?.text ?? '')}</footer></div>`,
  }
}

const isImage = (one: Block) => (one as unknown as Part).type === 'image'

type Words = { readonly text: string }
type Modal = { title: Words; submit?: Words; close?: Words; blocks: readonly Block[] }
type Part = Readonly<Record<string, unknown>>

function block(block: Block): string {
  const one = block as unknown as Part
  switch (one.type) {
    case 'header':
      return `<h3>${words(one.text)}</h3>`
    case 'section':
      return `<div class="section"><p>${words(one.text)}</p>${one.accessory ? button(one.accessory as Part) : ''}</div>`
    case 'context':
      return `<p class="context">${list(one.elements).map(words).join(' ')}</p>`
    case 'divider':
      return '<hr>'
    case 'actions':
      return `<div class="actions">${list(one.elements).map(button).join('')}</div>`
    case 'rich_text':
      return list(one.elements).map(rich).join('')
    case 'input':
      return `<label>${words(one.label)}${one.optional ? ' <small>(optional)</small>' : ''}</label>${field(one.element as Part)}${
        one.hint ? `<p class="context">${words(one.hint)}</p>` : ''
      }`
    case 'table':
      return `<table>${list(one.rows)
        .map(
          row =>
            `<tr>${(row as unknown as Part[]).map(cell => `<td>${cell.text ? escaped(String(cell.text)) : list(cell.elements).map(rich).join('')}</td>`).join('')}</tr>`,
        )
        .join('')}</table>`
    default:
      throw new Error(`a block that is not drawn: ${String(one.type)}`)
  }
}

function rich(part: Part): string {
  if (part.type === 'rich_text_list')
    return `<ul>${list(part.elements)
      .map(one => `<li>${inline(one)}</li>`)
      .join('')}</ul>`
  return part.type === 'rich_text_quote' ? `<blockquote>${inline(part)}</blockquote>` : `<p>${inline(part)}</p>`
}

function inline({ elements }: Part): string {
  return list(elements)
    .map(one => {
      const text = escaped(String(one.text ?? one.fallback ?? one.url ?? '')).replaceAll('\n', '<br>')
      return (one.style as { bold?: boolean } | undefined)?.bold ? `<b>${text}</b>` : text
    })
    .join('')
}

function field(part: Part): string {
  const hint = part.placeholder ? words(part.placeholder) : ''
  if (part.type === 'radio_buttons' || part.type === 'checkboxes') {
    const mark = part.type === 'checkboxes' ? 'box' : 'dot'
    return list(part.options)
      .map(one => `<p class="choice"><i class="${mark}"></i>${words(one.text)}</p>`)
      .join('')
  }
  if (part.type === 'file_input') return '<p class="field file">Upload files</p>'
  const tall = part.multiline ? ' tall' : ''
  return `<p class="field${tall}"><span>${part.initial_value ? escaped(String(part.initial_value)) : hint}</span></p>`
}

function button(part: Part): string {
  return `<span class="button ${String(part.style ?? '')}">${words(part.text)}</span>`
}

function words(text: unknown): string {
  const said = String((text as Words).text)
  return squares(
    escaped(
      said
        .replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    ),
  ).replaceAll('\n', '<br>')
}

function list(value: unknown): readonly Part[] {
  return (value ?? []) as readonly Part[]
}

const style = `
  body { background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "DejaVu Sans", sans-serif; margin: 0; padding: 16px }
  .line { display: flex; gap: 8px } .avatar { width: 36px; height: 36px; border-radius: 8px; background: #1f3a44; flex: none }
  .body { min-width: 0; flex: 1 } .who time, .context { color: #616061; font-size: 12px; margin: 4px 0 }
  .app { background: #e8e8e8; color: #616061; border-radius: 2px; font-size: 10px; padding: 1px 3px; font-weight: bold }
  h3 { font-size: 18px; margin: 6px 0; line-height: 1.3 } p { margin: 2px 0 } hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0 }
  blockquote { border-left: 4px solid #ddd; margin: 4px 0; padding: 0 0 0 10px }
  .section { display: flex; justify-content: space-between; gap: 8px; margin: 4px 0; align-items: center } .actions { margin: 8px 0; display: flex; flex-wrap: wrap; gap: 8px }
  .button { border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; font-weight: bold; font-size: 13px; white-space: nowrap }
  .button.primary { background: #007a5a; color: #fff; border-color: #007a5a } .button.danger { background: #e01e5a; color: #fff; border-color: #e01e5a }
  .modal header { display: flex; justify-content: space-between; border-bottom: 1px solid #ddd; margin: -16px -16px 12px; padding: 14px 16px; font-size: 17px }
  .modal header i { font-style: normal } .modal header em { color: #007a5a; font-style: normal; font-weight: bold } .modal footer { color: #616061; margin-top: 16px }
  label { font-weight: bold; display: block; margin: 14px 0 4px } label small { color: #616061; font-weight: normal }
  .field { min-height: 38px; border: 1px solid #8d8d8d; border-radius: 4px; padding: 8px 10px; color: #616061 } .tall { min-height: 66px } .file { text-align: center; font-weight: bold }
  .choice { margin: 6px 0; display: flex; gap: 8px; align-items: baseline } .dot, .box { width: 14px; height: 14px; border: 1px solid #616061; border-radius: 50%; flex: none } .box { border-radius: 3px }
  table { border-collapse: collapse; font-size: 13px } td { border: 1px solid #ddd; padding: 4px 8px }
`
