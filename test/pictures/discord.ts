import type { APIMessageTopLevelComponent } from 'discord.js'
import { escaped, type Page, type Shown, shown } from './page.ts'

/** Discord's own look of a message of components. */
export function discordMessage(components: readonly unknown[], image?: Shown): Page {
  pictured = image
  return {
    style,
    body: `<div class="line"><div class="avatar"></div><div class="body">
    <div class="who"><b>Trust Hub</b> <span class="app">APP</span> <time>Today at 2:02 PM</time></div>${list(components).map(part).join('')}</div></div>`,
  }
}

/** Discord's own look of a modal. */
export function discordModal(modal: { readonly title: string; readonly components: readonly unknown[] }): Page {
  return {
    style,
    body: `<div class="modal"><h3>${escaped(modal.title)}</h3>${list(modal.components).map(part).join('')}
    <div class="actions end"><span class="button">Cancel</span><span class="button s1">Submit</span></div></div>`,
  }
}

// What a gallery of the message that is being drawn shows.
let pictured: Shown | undefined

type Part = Readonly<Record<string, unknown>>
type Choice = { readonly label: string; readonly description?: string }

function part(one: Part): string {
  const inner = () => list(one.components).map(part).join('')
  switch (one.type as APIMessageTopLevelComponent['type'] | number) {
    case 17:
      return `<div class="container" style="border-left-color:${colour(one.accent_color)}">${inner()}</div>`
    case 10:
      return `<div class="text">${markdown(String(one.content))}</div>`
    case 9:
      return `<div class="section"><div>${inner()}</div>${part(one.accessory as Part)}</div>`
    case 14:
      return one.divider === false ? '<div class="gap"></div>' : '<hr>'
    case 1:
      return `<div class="actions">${inner()}</div>`
    case 2:
      return `<span class="button s${String(one.style)}">${escaped(String(one.label))}</span>`
    case 18:
      return `<label>${escaped(String(one.label))}${required(one) ? ' <i>*</i>' : ''}</label>${
        one.description ? `<p class="hint">${escaped(String(one.description))}</p>` : ''
      }${part(one.component as Part)}`
    case 4:
      return `<p class="field${one.style === 2 ? ' tall' : ''}">${escaped(String(one.value ?? one.placeholder ?? ''))}</p>`
    case 21:
      return choices(one, 'dot')
    case 22:
      return choices(one, 'box')
    case 3:
      return `<p class="field">${escaped(String(one.placeholder ?? 'Make a selection'))} ⌄</p>`
    case 19:
      return '<p class="field file">Drop files here or <b>browse</b></p>'
    case 12:
      return pictured ? shown(pictured) : ''
    default:
      throw new Error(`a component that is not drawn: ${String(one.type)}`)
  }
}

function choices({ options }: Part, mark: string): string {
  return list(options)
    .map(one => {
      const { label, description } = one as unknown as Choice
      return `<p class="choice"><i class="${mark}"></i><span>${escaped(label)}${description ? `<br><small>${escaped(description)}</small>` : ''}</span></p>`
    })
    .join('')
}

const required = (one: Part) => (one.component as { required?: boolean }).required !== false

function markdown(text: string): string {
  return escaped(text)
    .replaceAll(/&lt;t:(\d+):\w&gt;/g, (_, at) => `<span class="stamp">${hour(Number(at))}</span>`)
    .split('\n')
    .map(line => {
      const [, mark = '', rest = line] = /^(### |-# |&gt; |- )?(.*)$/s.exec(line) ?? []
      const said = rest
        .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '<b>$1</b>')
        .replaceAll(/\\(&lt;|&gt;|&amp;|&quot;|[^\w\s])/g, '$1')
      const tags: Record<string, [string, string]> = {
        '### ': ['<h3>', '</h3>'],
        '-# ': ['<p class="small">', '</p>'],
        '&gt; ': ['<blockquote>', '</blockquote>'],
        '- ': ['<p class="item">• ', '</p>'],
      }
      const [open, close] = tags[mark] ?? ['<p>', '</p>']
      return `${open}${said}${close}`
    })
    .join('')
}

function hour(at: number): string {
  return new Date(at * 1000).toLocaleTimeString('en-US', {
    timeZone: 'America/Phoenix',
    hour: 'numeric',
    minute: '2-digit',
  })
}

function colour(value: unknown): string {
  return typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : '#3f4147'
}

function list(value: unknown): readonly Part[] {
  return (value ?? []) as readonly Part[]
}

const style = `
  body { background: #313338; color: #dbdee1; font: 15px/1.38 "gg sans", "DejaVu Sans", sans-serif; margin: 0; padding: 16px }
  .line { display: flex; gap: 12px } .avatar { width: 40px; height: 40px; border-radius: 50%; background: #2f6f7e; flex: none }
  .body { min-width: 0; flex: 1 } .who b { color: #f2f3f5 } .who time { color: #949ba4; font-size: 11px }
  .app { background: #5865f2; color: #fff; border-radius: 3px; font-size: 10px; padding: 1px 4px }
  .container { background: #2b2d31; border: 1px solid #3f4147; border-left: 4px solid; border-radius: 8px; padding: 10px 12px; margin-top: 6px }
  h3 { font-size: 17px; margin: 2px 0 6px; color: #f2f3f5; line-height: 1.3 } p { margin: 2px 0 } .small { color: #949ba4; font-size: 12px }
  blockquote { border-left: 4px solid #4e5058; margin: 4px 0; padding-left: 10px } hr { border: 0; border-top: 1px solid #3f4147; margin: 10px 0 }
  .section { display: flex; justify-content: space-between; gap: 8px; align-items: center } .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 2px } .end { justify-content: flex-end }
  .button { background: #4e5058; color: #fff; border-radius: 6px; padding: 6px 14px; font-size: 13px; white-space: nowrap } .s1 { background: #5865f2 } .s3 { background: #248046 } .s4 { background: #da373c }
  .stamp { background: #3f4147; border-radius: 3px; padding: 0 3px }
  label { display: block; font-weight: bold; margin: 16px 0 4px; color: #f2f3f5 } label i { color: #f23f42; font-style: normal } .hint { color: #b5bac1; font-size: 13px }
  .field { min-height: 38px; background: #1e1f22; border: 1px solid #3f4147; border-radius: 6px; padding: 9px 10px; color: #949ba4 } .tall { min-height: 62px } .file { text-align: center; border-style: dashed }
  .choice { display: flex; gap: 8px; margin: 8px 0; align-items: baseline } .dot, .box { width: 15px; height: 15px; border: 2px solid #949ba4; border-radius: 50%; flex: none } .box { border-radius: 4px }
  .gap { height: 8px }
`
